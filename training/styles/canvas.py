"""What the drawings share: colours as arrays, coordinates in shares of the side, and fractal noise."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageColor

Array = NDArray[np.float64]
Stop = tuple[float, str]


def rgb(colour: str) -> Array:
    """A colour written like #1f3b73 as three numbers in 0…1."""
    return np.array(ImageColor.getrgb(colour)[:3]) / 255


def ramp(t: Array, stops: Sequence[Stop]) -> Array:
    """The colours at positions t along stops of (position, colour): t's shape and three channels."""
    places = [place for place, _ in stops]
    colours = np.array([rgb(colour) for _, colour in stops])
    return np.stack([np.interp(t, places, colours[:, channel]) for channel in range(3)], axis=-1)


def mix(below: Array, above: Array, cover: Array) -> Array:
    """Paint `above` over `below` where cover is 1; cover has no channel axis."""
    share = cover[..., None]
    return below * (1 - share) + above * share


def grid(size: int) -> tuple[Array, Array]:
    """x to the right and y downwards of every pixel's centre, in 0…1."""
    axis = (np.arange(size) + 0.5) / size
    x, y = np.meshgrid(axis, axis)
    return x, y


def smooth(distance: Array, width: float) -> Array:
    """1 where the distance is negative, 0 where it is positive, with an edge this wide."""
    return np.clip(0.5 - distance / width, 0, 1)


def fractal(
    rng: np.random.Generator, size: int, cell: float, octaves: int = 4, stretch: tuple[float, float] = (1, 1)
) -> Array:
    """Noise in 0…1 around 0.5 whose largest blots are `cell` of the side, stretched by (x, y)."""
    total = np.zeros((size, size))
    for octave in range(octaves):
        across, down = (max(2, round(2**octave / cell / factor)) for factor in stretch)
        blots = Image.fromarray(rng.random((down + 3, across + 3)).astype(np.float32))
        # Two cells more than shown, cut away, hide the flat rim that interpolation leaves.
        box = (1.0, 1.0, across + 2.0, down + 2.0)
        total += np.asarray(blots.resize((size, size), Image.Resampling.BICUBIC, box)) / 2**octave
    return np.clip(total / (2 - 0.5 ** (octaves - 1)), 0, 1)


def sample(colours: Array, x: Array, y: Array) -> Array:
    """The colours of a square picture at points given in shares of its side."""
    size = len(colours)
    row, column = (np.clip(axis * size, 0, size - 1).astype(int) for axis in (y, x))
    return np.asarray(colours[row, column])


def picture(colours: Array) -> Image.Image:
    """Colours in 0…1 (h, w, 3) as an RGB picture."""
    return Image.fromarray((np.clip(colours, 0, 1) * 255).round().astype(np.uint8))


def ink(colour: Array) -> tuple[int, int, int]:
    """A colour in 0…1 as Pillow's drawing functions want it."""
    red, green, blue = (np.clip(colour, 0, 1) * 255).round().astype(int)
    return int(red), int(green), int(blue)
