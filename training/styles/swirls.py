"""Swirls: thick brush strokes that follow a flow field, three moons over a field of corn.

Idea: strokes are streamlines of a field of vortices (Haeberli's paint by numbers, 1990, along the flow).
Each carries the colour under its start, a dark edge on one side and a light ridge on the other, like
thick paint.
"""

import numpy as np
from PIL import Image, ImageDraw

from training.styles.canvas import Array, fractal, grid, ink, mix, picture, ramp, sample, smooth

MOONS = ((0.74, 0.2, 0.115), (0.3, 0.33, 0.085), (0.1, 0.13, 0.05))
SKY = [(0.0, "#10205c"), (0.3, "#1d3f94"), (0.55, "#2f6fb5"), (0.8, "#5fa8c4"), (1.0, "#a8d0c0")]
GLOW = [(0.0, "#fff6c8"), (0.35, "#ffd84a"), (0.7, "#f0a52a"), (1.0, "#7fae9f")]
CORN = [(0.0, "#27404a"), (0.3, "#8a6a1f"), (0.6, "#d99a26"), (0.85, "#f2c84b"), (1.0, "#fbe9a0")]
LAYERS = ((2200, 0.019, 0.13), (3200, 0.0125, 0.105), (2400, 0.0075, 0.075))
STEPS = 14


def draw(rng: np.random.Generator, size: int) -> Image.Image:
    """Paint from broad strokes to fine ones."""
    side = 2 * size
    scene = _scene(rng, size)
    canvas = picture(scene).resize((side, side))
    brush = ImageDraw.Draw(canvas)
    for count, width, length in LAYERS:
        start = rng.random((count, 2))
        lines = _streamlines(start, length)
        colours = sample(scene, start[:, 0], start[:, 1]) + rng.normal(0, 0.045, (count, 1))
        colours += rng.normal(0, 0.025, (count, 3))
        for line, colour in zip(lines, colours, strict=True):
            _stroke(brush, line * side, colour, width * side * rng.uniform(0.7, 1.2))
    return canvas.resize((size, size), Image.Resampling.LANCZOS)


def _scene(rng: np.random.Generator, size: int) -> Array:
    x, y = grid(size)
    noise = fractal(rng, size, 0.2)
    colours = ramp(np.clip(y * 1.3 + (noise - 0.5) * 0.9, 0, 1), SKY)
    for moon_x, moon_y, radius in MOONS:
        distance = np.hypot(x - moon_x, y - moon_y) / radius
        colours = mix(colours, ramp(distance / 1.6, GLOW), np.clip(1.75 - distance, 0, 1))
    hills = smooth(_horizon(x) - 0.09 - y, 0.01)
    colours = mix(colours, ramp(noise + 0.1 * np.sin(x * 40), [(0.3, "#16384f"), (0.7, "#3f7f74")]), hills)
    rows = 0.5 + 0.28 * np.sin(34 * np.clip(y - _horizon(x), 0, 1) ** 0.7 * (1 + 0.2 * x) + 3 * noise)
    field = smooth(_horizon(x) - y, 0.01)
    return mix(colours, ramp(np.clip(rows + (noise - 0.5) * 0.5, 0, 1), CORN), field)


def _horizon(x: Array) -> Array:
    return 0.72 + 0.05 * np.sin(5 * x + 0.6) + 0.018 * np.sin(13 * x)


def _streamlines(start: Array, length: float) -> Array:
    """Points along the flow through every start: (n, 2) to (n, STEPS, 2)."""
    point, step = start, length / STEPS
    points = []
    for _ in range(STEPS):
        points.append(point)
        # The direction half a step ahead: Euler's rule would let every stroke drift out of its eddy.
        point = point + _flow(point + _flow(point) * step / 2) * step
    return np.stack(points, axis=1)


def _flow(point: Array) -> Array:
    """The unit direction of the paint at points (n, 2): eddies around the moons, wind over the corn."""
    x, y = point[:, 0], point[:, 1]
    across, down = np.ones_like(x), 0.5 * np.sin(9 * x + 2) * np.cos(7 * y)
    for turn, (moon_x, moon_y, radius) in zip((1, -1, 1), MOONS, strict=True):
        pull = 4.5 * turn * np.exp(-(((x - moon_x) ** 2 + (y - moon_y) ** 2) / (2.0 * radius) ** 2))
        across, down = across - pull * (y - moon_y) / radius, down + pull * (x - moon_x) / radius
    corn = y > _horizon(x) - 0.09
    across = np.where(corn, 1.0, across)
    down = np.where(corn, 0.25 * np.cos(5 * x + 0.6) + 0.5 * np.sin(25 * x + 20 * y), down)
    return np.stack([across, down], axis=1) / np.hypot(across, down)[:, None]


def _stroke(brush: ImageDraw.ImageDraw, line: Array, colour: Array, width: float) -> None:
    side = np.array([-(line[-1] - line[0])[1], (line[-1] - line[0])[0]])
    side = side / max(float(np.hypot(*side)), 1e-6) * width
    for shift, tone, share in ((0.22, -0.16, 1.0), (0.0, 0.0, 0.9), (-0.2, 0.12, 0.3)):
        points = [tuple(point) for point in line + shift * side]
        brush.line(points, fill=ink(colour + tone), width=max(1, round(width * share)), joint="curve")
