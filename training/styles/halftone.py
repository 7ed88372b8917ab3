"""Halftone: cut citrus fruit in four flat inks, shaded with rows of dots as in old comic print.

Idea: where a tone lies between paper and ink, a rotated grid of dots whose areas grow with the tone
stands for it (Ben Day, 1879). Shapes are signed distances, so outlines and dots stay sharp at every size.
"""

import numpy as np
from PIL import Image

from training.styles.canvas import Array, fractal, grid, mix, picture, rgb, smooth

BLACK, PAPER = rgb("#17120f"), rgb("#fdf3da")
PINK, RED, YELLOW, BLUE = rgb("#f7799b"), rgb("#e5242f"), rgb("#ffd21f"), rgb("#1996d4")
ORANGE, GREEN = rgb("#ff8a1c"), rgb("#4fb043")
# Centre, radius, number of segments, turn, rind, flesh, and the ink of its dots.
FRUITS = (
    ((0.76, 0.2, 0.2), 9, 0.3, GREEN, rgb("#c9e265"), GREEN),
    ((0.2, 0.74, 0.235), 8, 0.1, YELLOW, rgb("#fff0a0"), ORANGE),
    ((0.53, 0.49, 0.29), 10, 0.5, ORANGE, YELLOW, RED),
    ((0.86, 0.83, 0.19), 9, 0.8, RED, PINK, RED),
    ((0.13, 0.17, 0.16), 8, 0.2, RED, rgb("#ffb08f"), RED),
)
LINE = 0.011


def draw(rng: np.random.Generator, size: int) -> Image.Image:
    """Rays behind, fruits in front, then paper grain over a slightly shifted print."""
    side = 2 * size
    x, y = grid(side)
    colours = _rays(x, y)
    for (centre_x, centre_y, radius), count, turn, rind, flesh, dots in FRUITS:
        across, down = x - centre_x, y - centre_y
        shadow = smooth(np.hypot(across - 0.022, down - 0.026) - radius, 0.002)
        colours = mix(colours, BLACK, shadow)
        disc = np.hypot(across, down) - radius
        cut = _fruit(across / radius, down / radius, count, turn, (rind, flesh, dots), x, y)
        colours = mix(colours, cut, smooth(disc, 0.002))
        colours = mix(colours, BLACK, smooth(np.abs(disc) - LINE / 2, 0.002))
    grain = fractal(rng, side, 0.008, 2)[..., None] - 0.5
    return picture(colours + 0.09 * grain).resize((size, size), Image.Resampling.LANCZOS)


def _rays(x: Array, y: Array) -> Array:
    angle = np.arctan2(y - 0.49, x - 0.53)
    distance = np.hypot(x - 0.53, y - 0.49)
    ray = np.sin(angle * 11)
    colours = mix(np.broadcast_to(BLUE, (*x.shape, 3)), PAPER, _dots(x, y, 0.027, 0.35, 0.75 - distance))
    pink = mix(np.broadcast_to(PINK, (*x.shape, 3)), RED, _dots(x, y, 0.022, 1.1, distance * 1.1 - 0.15))
    colours = mix(colours, pink, smooth(-ray, 0.05))
    return mix(colours, BLACK, smooth(np.abs(ray) * distance / 11 - LINE * 0.3, 0.002))


def _fruit(
    x: Array,
    y: Array,
    count: int,
    turn: float,
    inks: tuple[Array, Array, Array],
    sheet_x: Array,
    sheet_y: Array,
) -> Array:
    """One cut fruit, its rim the unit circle of (x, y); its dots lie on the grid of the sheet."""
    rind, flesh, ink = inks
    radius, angle = np.hypot(x, y), np.arctan2(y, x) + turn
    nearest = (np.mod(angle / (2 * np.pi) * count, 1) - 0.5) * 2 * np.pi / count
    wedge = np.abs(nearest) - np.pi / count + 0.035 / np.clip(radius, 0.05, 1)
    segment = np.maximum.reduce([wedge * radius, radius - 0.78, 0.1 - radius])
    shade = np.clip(0.16 + 0.75 * radius**2 - 0.5 * x - 0.35 * y, 0, 0.95)
    pulp = mix(np.broadcast_to(flesh, (*x.shape, 3)), ink, _dots(sheet_x, sheet_y, 0.0165, 0.8, shade))
    colours = mix(np.broadcast_to(rind, (*x.shape, 3)), PAPER, smooth(radius - 0.88, 0.01))
    colours = mix(colours, pulp, smooth(segment, 0.012))
    return mix(colours, BLACK, smooth(np.abs(segment) - 0.014, 0.012))


def _dots(x: Array, y: Array, pitch: float, turn: float, tone: Array) -> Array:
    """Cover in 0…1 of dots on a turned grid, whose share of the area is the tone."""
    across = (x * np.cos(turn) + y * np.sin(turn)) / pitch
    down = (y * np.cos(turn) - x * np.sin(turn)) / pitch
    distance = np.hypot(np.mod(across, 1) - 0.5, np.mod(down, 1) - 0.5)
    radius = np.sqrt(np.clip(tone, 0, 1) / np.pi)
    return smooth(distance - radius, 0.12) * (tone > 0.02)
