"""Decodes films with transparency with a second, independent decoder (PyAV, which brings an FFmpeg of its own) and compares them
with the drawn frames (a PNG sequence of the same film), over black, white and green, as the manifests of the films do.

usage: compare.py SEQUENCE/ FILM...        each with its manifest beside it; prints a line a film; exit code 1 for a miss
"""

import glob
import json
import os
import subprocess
import sys

import av
import numpy as np

GROUNDS = {"black": (0, 0, 0), "white": (255, 255, 255), "green": (0, 255, 0)}
# The least PSNR over any ground, in decibels.
FLOORS = {"prores4444": 55, "vp9-alpha": 36, "matte": 32, "matte-stacked": 32}
# Straight bytes are rounded: that alone is some 65 dB where much is translucent.
EXACT = 60


def pictures(path, codec=None, profile=None):
    """Frames as height x width x 4 floats: straight red, green and blue, and alpha, 0 to 255."""
    with av.open(path) as container:
        stream = container.streams.video[0]
        decoder = av.CodecContext.create(codec, "r") if codec else None
        for packet in container.demux(stream):
            if decoder and packet.size == 0:
                packet = None
            for frame in decoder.decode(packet) if decoder else packet.decode():
                yield matted(frame, profile == "matte-stacked") if profile and profile.startswith("matte") else straight(frame)


def planes_of(frame):
    return [
        np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width].astype(float) for plane in frame.planes
    ]


def of_limited(luma, blue, red):
    """Red, green and blue, 0 to 255, of planes with half the chroma. A conversion takes the nearest, wherever a film says that it lies."""
    luma, blue, red = (luma - 16) / 219, (spread(blue, luma.shape) - 128) / 224, (spread(red, luma.shape) - 128) / 224
    return [np.clip(plane, 0, 1) * 255 for plane in colors(luma, blue, red)]


def matted(frame, stacked):
    """The first half's colours with the brightness of the second half as alpha."""
    halves = [np.split(plane, 2, axis=0 if stacked else 1) for plane in planes_of(frame)]
    alpha = np.clip((halves[0][1] - 16) / 219, 0, 1) * 255
    return np.dstack(of_limited(*[half[0] for half in halves]) + [alpha])


def straight(frame):
    if frame.format.name == "yuva444p12le":
        # By hand and in floating point: a conversion to eight bits would be half of the error.
        planes = [
            np.frombuffer(plane, np.uint16).reshape(plane.height, plane.line_size // 2)[:, : plane.width].astype(float)
            for plane in frame.planes
        ]
        luma, blue, red = (planes[0] - 256) / 3504, (planes[1] - 2048) / 3584, (planes[2] - 2048) / 3584
        alpha = np.floor(planes[3] * 255 / 4095 + 0.5)
        return np.dstack([np.clip(plane, 0, 1) * 255 for plane in colors(luma, blue, red)] + [alpha])
    if frame.format.name == "yuva420p":
        # By hand too.
        luma, blue, red, alpha = planes_of(frame)
        return np.dstack(of_limited(luma, blue, red) + [alpha])
    return frame.to_ndarray(format="rgba").astype(float)


def colors(luma, blue, red):
    """Red, green and blue of BT.709, from 0 to 1."""
    r, b = luma + 1.5748 * red, luma + 1.8556 * blue
    return r, (luma - 0.2126 * r - 0.0722 * b) / 0.7152, b


def spread(plane, shape):
    """Chroma of half the size for every pixel: it lies on the left one of two, and between two rows."""
    def places(count, most, offset):
        at = np.clip((np.arange(count) + 0.5) / 2 - offset, 0, most)
        first = np.floor(at).astype(int)
        return first, np.minimum(first + 1, most), at - first

    left, right, across = places(shape[1], plane.shape[1] - 1, 0.25)
    top, bottom, down = places(shape[0], plane.shape[0] - 1, 0.5)
    rows = plane[:, left] * (1 - across) + plane[:, right] * across
    return rows[top] * (1 - down[:, None]) + rows[bottom] * down[:, None]


def over(picture, ground):
    alpha = picture[:, :, 3:] / 255
    return picture[:, :, :3] * alpha + np.array(ground, float) * (1 - alpha)


def drawn_over(picture, ground):
    """As over(), from the premultiplied bytes that were drawn: straight ones, rounded, give them back."""
    alpha = picture[:, :, 3:] / 255
    return np.rint(picture[:, :, :3] * alpha) + np.array(ground, float) * (1 - alpha)


def psnr(square):
    return 99.0 if square < 1e-9 else 10 * np.log10(255 * 255 / square)


def measure(drawn, film, codec=None, profile=None):
    """Frames, the largest error of alpha, and the largest error and PSNR over each ground."""
    worst_alpha, count = 0.0, 0
    errors = {name: [0.0, 0.0] for name in GROUNDS}
    for count, picture in enumerate(pictures(film, codec, profile), 1):
        if count > len(drawn):
            break
        reference = drawn[count - 1]
        worst_alpha = max(worst_alpha, float(np.abs(picture[:, :, 3] - reference[:, :, 3]).max()))
        for name, ground in GROUNDS.items():
            error = np.abs(over(picture, ground) - drawn_over(reference, ground))
            errors[name][0] = max(errors[name][0], float(error.max()))
            errors[name][1] += float((error**2).mean())
    return count, worst_alpha, {name: (worst, psnr(square / max(1, count))) for name, (worst, square) in errors.items()}


def check(drawn, film):
    with open(film + ".json", encoding="utf-8") as file:
        output = json.load(file)["output"]
    said = {ground["ground"]: ground for ground in output["alpha"]["over"]}
    is_vp9 = output["profile"].startswith("vp9")
    # The decoder of FFmpeg's own leaves the alpha of VP9 alone.
    count, alpha, found = measure(drawn, film, "libvpx-vp9" if is_vp9 else None, output["profile"])
    misses = []
    if count != len(drawn):
        misses.append(f"{count} frames instead of {len(drawn)}")
    if np.floor(alpha + 0.5) > output["alpha"]["worstAlpha"]:
        misses.append(f"alpha is off by {alpha:.0f}, the manifest says {output['alpha']['worstAlpha']}")
    for name, (worst, ratio) in found.items():
        # Manifests round, and compare with premultiplied bytes that only rounding keeps from these.
        if abs(worst - said[name]["worst"]) > 0.5:
            misses.append(f"off by {worst:.2f} over {name}, the manifest says {said[name]['worst']}")
        if ratio < FLOORS.get(output["profile"], EXACT):
            misses.append(f"{ratio:.2f} dB over {name}")
    line = ", ".join(f"{name} {worst:.2f} {ratio:.2f} dB" for name, (worst, ratio) in found.items())
    print(f"{output['profile']}: {count} frames, alpha {alpha:.0f}, {line}")
    if output["profile"] == "prores4444":
        misses += compare_decoders(film, len(drawn))
        misses += compare_encoders(drawn, film)
    for miss in misses:
        print(f"{output['profile']}: MISS: {miss}")
    return not misses


def compare_decoders(film, count):
    """The installed FFmpeg and PyAV's decode ProRes to planes that differ by less than 0.05 dB of anything that is seen."""
    with av.open(film) as container:
        frames = [frame for frame in container.decode(video=0)]
    height, width = frames[0].height, frames[0].width
    raw = subprocess.run(
        ["ffmpeg", "-v", "error", "-nostdin", "-i", film, "-f", "rawvideo", "-pix_fmt", "yuva444p12le", "-"],
        capture_output=True, check=True).stdout
    installed = np.frombuffer(raw, np.uint16).reshape(count, 4, height, width)
    square, equal = 0.0, True
    for index, frame in enumerate(frames):
        for number, plane in enumerate(frame.planes):
            own = np.frombuffer(plane, np.uint16).reshape(height, plane.line_size // 2)[:, :width]
            difference = own.astype(float) - installed[index, number]
            equal = equal and (number < 3 or not difference.any())
            square = max(square, float((difference**2).mean()) / 256)
    print(f"prores4444: PyAV's FFmpeg against the installed one: {psnr(square):.2f} dB at least")
    misses = [] if equal else ["the two decoders differ in alpha"]
    # Beside the coding's own error, this far below it, such a difference is under 0.05 dB.
    return misses if square < 0.002 else misses + [f"the two decoders differ by {square:.4f} (mean square of 1/255)"]


def grey_psnr(drawn, film):
    squares = [((over(a, (128,) * 3) - drawn_over(b, (128,) * 3)) ** 2).mean() for a, b in zip(pictures(film), drawn)]
    return psnr(float(np.mean(squares)))


def compare_encoders(drawn, film):
    """FFmpeg's prores_ks at as many bytes, between two of its quantisers, is no nearer to the drawn frames over grey."""
    height, width = drawn[0].shape[:2]
    raw = b"".join(picture.astype(np.uint8).tobytes() for picture in drawn)
    own, ratio = os.path.getsize(film), grey_psnr(drawn, film)
    points = []
    for scale in range(1, 33):
        other = film + ".other.mov"
        subprocess.run(
            ["ffmpeg", "-v", "error", "-nostdin", "-y", "-f", "rawvideo", "-pix_fmt", "rgba", "-s", f"{width}x{height}", "-i", "-"]
            + ["-vf", "scale=out_color_matrix=bt709:out_range=tv", "-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt"]
            + ["yuva444p10le", "-alpha_bits", "16", "-qscale:v", str(scale), other], input=raw, check=True)
        points.append((os.path.getsize(other), grey_psnr(drawn, other)))
        os.remove(other)
        if points[-1][0] <= own:
            break
    (size, end), (larger, start) = points[-1], points[-2] if len(points) > 1 else points[-1]
    share = 0 if larger == size else max(0, min(1, np.log(own / size) / np.log(larger / size)))
    equal = end + (start - end) * share
    print(f"prores4444: {own} bytes, {ratio:.2f} dB over grey; prores_ks at as many {equal:.2f} dB, of " + ", ".join(f"{a} {b:.2f}" for a, b in points))
    return [] if ratio >= equal else [f"prores_ks is nearer over grey: {equal:.2f} dB with as many bytes, {ratio:.2f} here"]


def main():
    sequence, films = sys.argv[1], sys.argv[2:]
    drawn = [next(pictures(path)) for path in sorted(glob.glob(sequence + "/*.png"))]
    print(f"PyAV {av.__version__}, libavcodec {'.'.join(map(str, av.library_versions['libavcodec']))}")
    results = [check(drawn, film) for film in films]
    print(f"{sum(results)} of {len(results)} films agree with their manifests in a second decoder")
    return 0 if drawn and films and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
