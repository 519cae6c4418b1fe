#!/bin/bash
# Decodes a template's overlay, in every profile with transparency, with a second, independent decoder: PyAV, whose wheels bring
# an FFmpeg of their own, newer than Debian's. It is put into .build-decoders once, by pip, from wherever pip is set to look.
# usage: Scripts/decoders.sh [TEMPLATE [FRAMES]]     default: live-counter 60..84; FANPAI names another program than the release build
set -euo pipefail
cd "$(dirname "$0")/.."
template=${1:-live-counter}
frames=${2:-60..84}
fanpai=${FANPAI:-.build/release/fanpai}
place=.build-decoders
python=$place/venv/bin/python

if ! "$python" -c 'import av, numpy' 2>/dev/null; then
    { python3 -m venv "$place/venv" && "$place/venv/bin/pip" install --quiet --disable-pip-version-check av numpy; } || {
        echo "python3-venv and pip cannot get av (PyAV) and numpy here: the second decoder was not tried" >&2
        exit 69
    }
fi

rm -rf "$place/films"
mkdir -p "$place/films"
films=()
for way in prores4444.mov qtrle.mov png-mov.mov vp9-alpha.webm ffv1.mkv matte.mp4 matte-stacked.mp4; do
    "$fanpai" render "$template" --demo --size 540x960 --frames "$frames" --profile "${way%.*}" --no-cache -o "$place/films/$way" 2>/dev/null
    films+=("$place/films/$way")
done
"$fanpai" render "$template" --demo --size 540x960 --frames "$frames" --profile png-sequence -o "$place/films/drawn/" 2>/dev/null
"$python" Tests/Decoders/compare.py "$place/films/drawn" "${films[@]}"
