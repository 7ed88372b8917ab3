"""Meadow: poppies, poplars and a river in summer light, in unmixed dots.

Idea: neighbouring dots of pure colour mix in the eye (Seurat and Signac's divisionism, after Chevreul,
1839): each dot takes the scene's colour, pushed towards one of six hues.
"""

import numpy as np
from PIL import Image, ImageDraw

from training.styles.canvas import Array, fractal, grid, ink, mix, ramp, rgb, sample, smooth

SKY = [(0.0, "#3f7fd0"), (0.45, "#8fc0ea"), (0.8, "#f4dcc6"), (1.0, "#ffe7a8")]
GRASS = [(0.0, "#14563a"), (0.35, "#3f8f3a"), (0.65, "#9cc23f"), (1.0, "#f2dc5a")]
TREES = (
    (0.08, 0.30, 0.034),
    (0.17, 0.22, 0.04),
    (0.27, 0.28, 0.034),
    (0.35, 0.35, 0.026),
    (0.83, 0.31, 0.05),
    (0.94, 0.24, 0.055),
)
# How many dots a layer has, and their radius.
LAYERS = ((5000, 0.0145), (7500, 0.0105), (5500, 0.0075))
SHIFTS = np.array(
    [
        (0.16, 0.05, -0.13),
        (-0.13, 0.02, 0.17),
        (0.1, 0.1, -0.1),
        (-0.05, -0.06, 0.13),
        (0.1, -0.08, 0.08),
        (-0.1, 0.1, -0.03),
    ]
)


def draw(rng: np.random.Generator, size: int) -> Image.Image:
    """Dots from large to small over a warm ground, then the poppies."""
    side = 2 * size
    scene = _scene(rng, size)
    sheet = Image.new("RGB", (side, side), "#e9d9b0")
    brush = ImageDraw.Draw(sheet)
    for count, radius in LAYERS:
        centres = rng.random((count, 2))
        colours = sample(scene, centres[:, 0], centres[:, 1])
        colours = colours + SHIFTS[rng.integers(len(SHIFTS), size=count)] * rng.uniform(0.3, 1.35, (count, 1))
        for centre, colour in zip(centres, colours, strict=True):
            _dot(brush, centre * side, radius * side * rng.uniform(0.7, 1.25), colour)
    _poppies(rng, brush, side)
    return sheet.resize((size, size), Image.Resampling.LANCZOS)


def _scene(rng: np.random.Generator, size: int) -> Array:
    x, y = grid(size)
    noise = fractal(rng, size, 0.22, 4) - 0.5
    clouds = np.clip(4 * (fractal(rng, size, 0.4, 4, stretch=(1.6, 0.7)) - 0.52), 0, 1)
    colours = mix(ramp(np.clip(y / 0.5, 0, 1), SKY), rgb("#fff4e2"), clouds * (y < 0.5))
    hills = 0.47 + 0.03 * np.sin(6 * x + 1)
    colours = mix(colours, ramp(noise + 0.5, [(0.2, "#4a68b0"), (0.8, "#93a9d8")]), smooth(hills - y, 0.01))
    for foot_x, top, width in TREES:
        colours = mix(colours, *_tree(x, y, noise, foot_x, top, width))
    rows = 0.62 - 0.55 * (y - 0.55) + 0.22 * np.sin(30 * np.sqrt(np.clip(y - 0.5, 0, 1)) + 4 * x) + 0.9 * noise
    colours = mix(colours, ramp(np.clip(rows, 0, 1), GRASS), smooth(0.54 - y + 0.01 * noise, 0.01))
    bend = 0.62 + 0.16 * np.sin(7 * (y - 0.52)) - 0.5 * (y - 0.54)
    river = np.abs(x - bend) - 0.02 - 0.3 * np.clip(y - 0.54, 0, 1)
    water = ramp(
        np.clip(0.5 + 0.16 * np.sin(110 * y + 9 * noise) + 1.5 * noise, 0, 1),
        [(0, "#2c5fb3"), (0.6, "#86bfe6"), (1, "#fbe6c4")],
    )
    return mix(colours, water, smooth(river, 0.01) * (y > 0.54) * (y < 0.97))


def _tree(x: Array, y: Array, noise: Array, foot_x: float, top: float, width: float) -> tuple[Array, Array]:
    """Colours and cover of one poplar, lit from the left."""
    share = np.clip((y - top) / (0.57 - top), 0, 1)
    half = width * np.sin(np.pi * share**0.75) ** 0.6
    cover = smooth(np.abs(x - foot_x) - half + 0.02 * noise, 0.008) * (y > top) * (y < 0.57)
    light = np.clip(0.45 - (x - foot_x) / width * 0.4 + 1.2 * noise, 0, 1)
    return ramp(light, [(0, "#123a55"), (0.45, "#1f6f4a"), (0.8, "#7fae3f"), (1, "#e6d25a")]), cover


def _poppies(rng: np.random.Generator, brush: ImageDraw.ImageDraw, side: int) -> None:
    for _ in range(300):
        near = rng.random() ** 0.8
        y = 0.6 + 0.4 * near
        x = rng.random()
        colour = rgb(
            ("#e8261f", "#f2542d", "#ff8f8a", "#fff1d0", "#7a4fd0")[int(rng.choice(5, p=[0.42, 0.25, 0.13, 0.1, 0.1]))]
        )
        for _ in range(3):
            centre = np.array([x, y]) * side + rng.normal(0, 0.007 * side * (0.4 + near), 2)
            _dot(brush, centre, side * 0.0098 * (0.45 + 0.75 * near), colour + rng.normal(0, 0.06, 3))


def _dot(brush: ImageDraw.ImageDraw, centre: Array, radius: float, colour: Array) -> None:
    brush.ellipse((*(centre - radius), *(centre + radius)), fill=ink(colour))
