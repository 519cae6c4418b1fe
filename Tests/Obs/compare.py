"""Plays films with transparency in a real OBS, over black, white, green and grey at once, and compares every pixel of what OBS
composes with its own blending of the drawn frames (a PNG sequence of the same film).

usage: compare.py FOLDER SEQUENCE/ FILM... [--wrong FILM]
    FOLDER is OBS's own; a film is called like its profile; the one after --wrong has to be found wrong.
Prints a line a film; exit code 1 for a miss, 69 when OBS does not run here.
"""

import base64
import glob
import os
import signal
import subprocess
import sys
import time

import numpy as np

import blending
from program import Program
from websocket import ObsError

GROUNDS = {"black": (0, 0, 0), "white": (255, 255, 255), "green": (0, 255, 0), "grey": (128, 128, 128)}
# The largest error of a channel in 1/255; a profile that is not here is only reported.
LIMITS = {"qtrle": 1, "png-mov": 1, "ffv1": 1, "vp9-alpha": 1, "apng": 1, "gif": 1}
# What a source of pictures plays; everything else is a media source.
PICTURES = ("gif",)
# Films that hold something else than what was drawn: colours with loss, alpha of one bit.
HELD = ("vp9-alpha", "gif")
SHOTS = 8
SECONDS = 600


def bytes_of(path, form, *options):
    """The decoded pictures of a file, one behind the other."""
    command = ["ffmpeg", "-v", "error", "-nostdin", *options, "-i", path, "-f", "rawvideo", "-pix_fmt", form, "-"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.uint8)


class Sequence:
    """Frames, and what OBS has to make of each."""

    def __init__(self, frames, blend):
        self.frames, self.blend = frames, blend
        self.hints = [np.hstack([blend(frame[::5, ::5], ground) for ground in GROUNDS.values()]) for frame in frames]

    def nearest(self, shot):
        """The number of the frame that a picture of OBS shows."""
        width = self.frames[0].shape[1]
        hint = np.hstack([shot[::5, i * width : (i + 1) * width : 5] for i in range(len(GROUNDS))])
        return min(range(len(self.frames)), key=lambda i: float(np.abs(self.hints[i] - hint).mean()))

    def errors(self, number, shot):
        """The largest error of a channel over each ground."""
        frame, width = self.frames[number], self.frames[number].shape[1]
        return [
            float(np.abs(self.blend(frame, ground) - shot[:, i * width : (i + 1) * width]).max())
            for i, ground in enumerate(GROUNDS.values())
        ]


def drawn_frames(folder):
    paths = sorted(glob.glob(os.path.join(folder, "*.png")))
    size = subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", paths[0]],
        capture_output=True, check=True, text=True).stdout
    width, height = map(int, size.split(","))
    return [bytes_of(path, "rgba").reshape(height, width, 4).astype(np.float32) for path in paths]


def held(film, name, height, width):
    """The pictures in a film whose colours or alpha are not those that were drawn, as OBS has them before it blends."""
    if name == "gif":
        for picture in bytes_of(film, "rgba").reshape(-1, height, width, 4):
            yield picture.astype(np.float32)
        return
    pixels = height * width
    frames = bytes_of(film, "yuva420p", "-c:v", "libvpx-vp9").reshape(-1, pixels * 5 // 2)
    for planes in frames:
        luma, blue, red, alpha = np.split(planes, [pixels, pixels * 5 // 4, pixels * 3 // 2])
        half = (height // 2, width // 2)
        yield blending.converted(
            luma.reshape(height, width), blue.reshape(half), red.reshape(half), alpha.reshape(height, width))


def shots_of(program, film, name, width, height):
    """Pictures of the scene while a film plays, looped, over all grounds."""
    if name in PICTURES:
        kind, settings = "image_source", {"file": film}
    else:
        kind = "ffmpeg_source"
        settings = {"is_local_file": True, "local_file": film, "looping": True, "hw_decode": False, "linear_alpha": False}
    obs = program.obs
    items = [obs.request("CreateInput", sceneName="Scene", inputName=name, inputKind=kind, inputSettings=settings)["sceneItemId"]]
    items += [obs.request("CreateSceneItem", sceneName="Scene", sourceName=name)["sceneItemId"] for _ in list(GROUNDS)[1:]]
    for i, item in enumerate(items):
        place(obs, item, width * i)
    if kind == "ffmpeg_source":
        wait_for(obs, name)
    time.sleep(1)
    shots = []
    for i in range(SHOTS):
        # Not in step with the film.
        time.sleep(0.07 * (i % 3))
        shots.append(shot_of(program, f"{name}-{i}"))
    for item in items:
        obs.request("RemoveSceneItem", sceneName="Scene", sceneItemId=item)
    return shots


def shot_of(program, name):
    text = program.obs.request("GetSourceScreenshot", sourceName="Scene", imageFormat="png")["imageData"]
    path = os.path.join(program.folder, name + ".png")
    with open(path, "wb") as file:
        file.write(base64.b64decode(text.split(",", 1)[1]))
    return bytes_of(path, "rgb24").reshape(program.height, program.width, 3).astype(np.float32)


def wait_for(obs, name):
    last = time.monotonic() + 20
    while obs.request("GetMediaInputStatus", inputName=name)["mediaState"] != "OBS_MEDIA_STATE_PLAYING":
        if time.monotonic() > last:
            raise ObsError(f"OBS does not play {name}")
        time.sleep(0.1)


def place(obs, item, left):
    obs.request(
        "SetSceneItemTransform", sceneName="Scene", sceneItemId=item, sceneItemTransform={"positionX": left, "positionY": 0})


def lay_grounds(program, width, height):
    """Puts the grounds side by side and keeps what they look like."""
    obs = program.obs
    for i, (name, (red, green, blue)) in enumerate(GROUNDS.items()):
        settings = {"color": 0xFF << 24 | blue << 16 | green << 8 | red, "width": width, "height": height}
        made = obs.request(
            "CreateInput", sceneName="Scene", inputName=name, inputKind="color_source_v3", inputSettings=settings)
        place(obs, made["sceneItemId"], width * i)
    program.empty = shot_of(program, "empty")


def text_of(errors):
    return ", ".join(f"{name} {error:.2f}" for name, error in zip(GROUNDS, errors))


def measure(sequence, shots):
    """The largest errors over each ground, and how many different frames were seen."""
    numbers = [sequence.nearest(shot) for shot in shots]
    errors = [sequence.errors(number, shot) for number, shot in zip(numbers, shots)]
    return [max(column) for column in zip(*errors)], len(set(numbers))


def check(program, film, drawn, is_wrong):
    """Whether a film is as it should be; prints what was found."""
    name = os.path.splitext(os.path.basename(film))[0]
    height, width = drawn[0].shape[:2]
    shots = shots_of(program, film, name, width, height)
    blend = blending.light if name == "prores4444" else blending.usual
    errors, seen = measure(Sequence(drawn, blend), shots)
    line = f"{name}: {len(shots)} pictures of {seen} frames against the drawn ones: {text_of(errors)}"
    if all(np.array_equal(shot, program.empty) for shot in shots):
        line = f"{name}: OBS shows nothing of it"
    elif name in HELD:
        # What is coded with loss is measured where it is coded; what OBS does with it is another question.
        errors, seen = measure(Sequence(list(held(film, name, height, width)), blend), shots)
        line += f"; against what the film holds, of {seen} frames: {text_of(errors)}"
    limit = 1 if is_wrong else LIMITS.get(name)
    print(line + (f" (at most {limit})" if limit and not is_wrong else ""), flush=True)
    if is_wrong:
        if max(errors) > limit:
            return True
        print(f"{name}: MISS: this film is wrong, and nothing was seen of it")
        return False
    if limit is None:
        return True
    good = True
    if max(errors) > limit:
        good = False
        print(f"{name}: MISS: more than {limit} of 255")
    if len(drawn) > 1 and seen < SHOTS // 3:
        good = False
        print(f"{name}: MISS: the film does not play: {seen} different frames in {len(shots)} pictures")
    return good


def main():
    folder, sequence, *films = sys.argv[1:]
    wrong = films[films.index("--wrong") + 1] if "--wrong" in films else None
    films = [film for film in films if film != "--wrong"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"this took more than {SECONDS} seconds"))
    signal.alarm(SECONDS)
    drawn = drawn_frames(sequence)
    height, width = drawn[0].shape[:2]
    try:
        with Program(folder, width * len(GROUNDS), height) as program:
            print(f"OBS {program.version}, largest error of a channel in 1/255 over all pixels")
            lay_grounds(program, width, height)
            results = [check(program, os.path.abspath(film), drawn, film == wrong) for film in films]
    except ObsError as error:
        print(f"OBS: {error}", file=sys.stderr)
        return 1
    print(f"{sum(results)} of {len(results)} films are in OBS what they should be")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
