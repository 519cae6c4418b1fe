#!/usr/bin/env python3
"""Makes the files of this folder from Debian's font packages. A maintainer's tool: neither build nor test runs it.

    python3 -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools==4.68.0
    mkdir /tmp/packages && cd /tmp/packages
    apt-get download fonts-smiley-sans fonts-noto-cjk fonts-noto-cjk-extra fonts-bebas-neue fonts-dseg \
        fonts-noto-color-emoji unicode-data
    /tmp/fonts/bin/python Fonts/make-fonts.py /tmp/packages

It unpacks the packages beside themselves, writes every font with its licence into a folder of its own here, and
rewrites the table in README.md. The same packages and the same fonttools give the same bytes.
"""

import bz2
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

HERE = os.path.dirname(os.path.abspath(__file__))

# Blocks that the cut weights keep besides the two lists of Chinese characters.
BLOCKS = [
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x02B0, 0x036F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F),
    (0x20A0, 0x20CF), (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF), (0x2460, 0x24FF),
    (0x2500, 0x25FF), (0x2600, 0x27BF), (0x2900, 0x297F), (0x2B00, 0x2BFF), (0x3000, 0x303F), (0x3040, 0x30FF),
    (0x3100, 0x312F), (0x31F0, 0x31FF), (0x3200, 0x33FF), (0xFE10, 0xFE1F), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF),
]

# file here, package, path in the package, role; how it is cut.
NOTO = "usr/share/fonts/opentype/noto/NotoSansCJK-%s.ttc"
FONTS = [
    ("smiley-sans/SmileySans-Oblique.ttf", "fonts-smiley-sans",
     "usr/share/fonts/truetype/smiley-sans/SmileySans-Oblique.ttf", "copied"),
    ("noto-sans-cjk-sc/NotoSansCJKsc-Medium.otf", "fonts-noto-cjk-extra", NOTO % "Medium", "face"),
    ("noto-sans-cjk-sc/NotoSansCJKsc-Bold.otf", "fonts-noto-cjk", NOTO % "Bold", "cut"),
    ("noto-sans-cjk-sc/NotoSansCJKsc-Black.otf", "fonts-noto-cjk-extra", NOTO % "Black", "cut"),
    ("bebas-neue/BebasNeue-Bold.otf", "fonts-bebas-neue",
     "usr/share/fonts/opentype/bebas-neue/BebasNeue-Bold.otf", "copied"),
    ("dseg/DSEG7Classic-Bold.ttf", "fonts-dseg", "usr/share/fonts/truetype/dseg/DSEG7Classic-Bold.ttf", "copied"),
    ("noto-color-emoji/NotoColorEmoji.ttf", "fonts-noto-color-emoji",
     "usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", "copied"),
]

# The notices that the SIL Open Font License wants beside each copy, as the fonts and packages state them.
NOTICES = {
    "smiley-sans": "Copyright 2022-2024 atelierAnchor (https://atelier-anchor.com), with Reserved Font Name "
                   "<Smiley> and <得意黑>.",
    "noto-sans-cjk-sc": "Copyright 2014-2021 Adobe (http://www.adobe.com/). Noto is a trademark of Google Inc.",
    "bebas-neue": "Copyright 2010 Ryoichi Tsunekawa <info@flat-it.com>.",
    "dseg": 'Copyright 2017-2020 keshikan (http://www.keshikan.net), with Reserved Font Name "DSEG".',
    "noto-color-emoji": "Copyright 2013-2017 Google Inc. and Arjen Nienhuis.",
}


def unpack(folder):
    root = os.path.join(folder, "unpacked")
    versions = {}
    for package in sorted(glob.glob(os.path.join(folder, "*.deb"))):
        name = subprocess.check_output(["dpkg-deb", "-f", package, "Package"], text=True).strip()
        versions[name] = subprocess.check_output(["dpkg-deb", "-f", package, "Version"], text=True).strip()
        subprocess.check_call(["dpkg-deb", "-x", package, root])
    return root, versions


def table_of_general_standard_characters(root):
    """通用规范汉字表 (2013), 8105 characters, as Unihan's property kTGH has them."""
    found = set()
    with bz2.open(os.path.join(root, "usr/share/unicode/Unihan_OtherMappings.txt.bz2"), "rt", encoding="utf-8") as f:
        for line in f:
            fields = line.split("\t")
            if len(fields) == 3 and fields[1] == "kTGH" and fields[2].startswith("2013:"):
                found.add(int(fields[0][2:], 16))
    assert len(found) == 8105, len(found)
    return found


def gb2312():
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                pass
    assert len([c for c in found if 0x4E00 <= c <= 0x9FFF]) == 6763
    return found


def face(path, name):
    for font in TTCollection(path, lazy=True).fonts:
        if font["name"].getDebugName(1).startswith(name) or font["name"].getDebugName(16) == name:
            return font
    raise SystemExit(f"{path} has no face {name}")


def save(font, path):
    font.recalcTimestamp = False
    font.save(path, reorderTables=True)


def cut(source, target, characters):
    options = subset.Options()
    options.layout_features = ["ccmp", "liga", "kern", "palt", "halt", "pwid", "hwid", "fwid", "mark", "calt", "dlig"]
    options.hinting = False  # we never hint
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.glyph_names = False
    with tempfile.TemporaryDirectory() as folder:
        whole = os.path.join(folder, "whole.otf")
        save(face(source, "Noto Sans CJK SC"), whole)
        font = TTFont(whole, recalcTimestamp=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        save(font, target)


def license_text(root):
    """The licence as the Smiley Sans package spells it out, with Debian's markup taken off."""
    lines = open(os.path.join(root, "usr/share/doc/fonts-smiley-sans/copyright"), encoding="utf-8").read().split("\n")
    start = max(i for i, line in enumerate(lines) if line.startswith("License: OFL-1.1"))
    text = [line.strip() for line in lines[start + 1:]]
    return "\n".join("" if line == "." else line for line in text).strip() + "\n"


def main(folder):
    root, versions = unpack(folder)
    characters = table_of_general_standard_characters(root) | gb2312()
    for first, last in BLOCKS:
        characters.update(range(first, last + 1))
    licence = license_text(root)
    rows = []
    for file, package, path, how in FONTS:
        source, target = os.path.join(root, path), os.path.join(HERE, file)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if how == "copied":
            shutil.copyfile(source, target)
        elif how == "face":
            save(face(source, "Noto Sans CJK SC"), target)
        else:
            cut(source, target, characters)
        home = os.path.dirname(file)
        with open(os.path.join(HERE, home, "OFL.txt"), "w", encoding="utf-8") as f:
            f.write(NOTICES[home] + "\n\n"
                    "This Font Software is licensed under the SIL Open Font License, Version 1.1.\n\n" + licence)
        font = TTFont(target, lazy=True)
        name = font["name"].getDebugName(16) or font["name"].getDebugName(1)
        digest = hashlib.sha256(open(target, "rb").read()).hexdigest()
        rows.append(f"| `{file}` | {name} | {font['OS/2'].usWeightClass} | {font['maxp'].numGlyphs} | "
                    f"{os.path.getsize(target) / 1e6:.1f} MB | `{package}` {versions[package]} | "
                    f"{ {'copied': 'as packaged', 'face': 'one face of the collection, uncut', 'cut': 'one face, cut'}[how]} | "
                    f"OFL-1.1 | `{digest}` |")
    readme = os.path.join(HERE, "README.md")
    text = open(readme, encoding="utf-8").read()
    head, _, rest = text.partition("<!-- table -->\n")
    _, _, tail = rest.partition("<!-- end -->\n")
    table = ("| file | family | weight | glyphs | size | Debian package | how | licence | SHA-256 |\n"
             "|---|---|---|---|---|---|---|---|---|\n" + "\n".join(rows) + "\n")
    with open(readme, "w", encoding="utf-8") as f:
        f.write(head + "<!-- table -->\n" + table + "<!-- end -->\n" + tail)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
