"""Stained glass: a rose window of jewel-coloured panes between lead lines, lit from behind.

Idea: panes are the Voronoi cells of points on rings (Voronoi, 1908). The distance to a cell's border is
(d2² - d1²) / 2|p2 - p1| with the distances d1 and d2 to the two nearest points: lead where that is small.
"""

import numpy as np
from PIL import Image
from sklearn.neighbors import KDTree

from training.styles.canvas import Array, fractal, grid, mix, picture, ramp, rgb, smooth

RINGS = (
    (0.0, 1),
    (0.085, 8),
    (0.165, 12),
    (0.245, 24),
    (0.335, 24),
    (0.425, 36),
    (0.52, 36),
    (0.63, 40),
    (0.75, 44),
)
JEWELS = (
    ("#ffd34d",),
    ("#c8102e", "#e2531b"),
    ("#123c9c", "#0d6fb8"),
    ("#f2a516", "#9c1237"),
    ("#0b7a55", "#1c9c8f"),
    ("#b30f2d", "#1b2f8f", "#6a1b86"),
    ("#1452b8", "#0a8fae"),
    ("#7a1577", "#d4551c", "#123c9c"),
    ("#0c5a4a", "#153a86"),
)
LEAD = 0.0068


def draw(rng: np.random.Generator, size: int) -> Image.Image:
    """Glass, light and lead at twice the size, then halved."""
    side = 2 * size
    points, colours = _panes(rng)
    x, y = grid(side)
    pixels = np.stack([x.ravel(), y.ravel()], axis=-1)
    distances, nearest = (found.reshape(side, side, 2) for found in KDTree(points).query(pixels, k=2))
    gap = np.linalg.norm(points[nearest[..., 0]] - points[nearest[..., 1]], axis=-1)
    border = (distances[..., 1] ** 2 - distances[..., 0] ** 2) / (2 * gap)
    glass = _glass(rng, colours[nearest[..., 0]], border, x, y)
    lead = ramp(np.clip(border / LEAD, 0, 1), [(0, "#4a4a50"), (0.45, "#26262b"), (1, "#0b0b0f")])
    edge = LEAD * (0.7 + 0.6 * fractal(rng, side, 0.05, 2))
    return picture(mix(glass, lead, smooth(border - edge, 0.0025))).resize((size, size), Image.Resampling.LANCZOS)


def _panes(rng: np.random.Generator) -> tuple[Array, Array]:
    """Centres (n, 2) and colours (n, 3) of all panes, ring by ring."""
    centres, colours = [], []
    for ring, ((radius, count), jewels) in enumerate(zip(RINGS, JEWELS, strict=True)):
        turn = (ring % 2) * np.pi / count
        for pane in range(count):
            angle = turn + 2 * np.pi * pane / count
            # Petals: every second pane of a ring stands a little further out.
            reach = radius * (1 + 0.07 * (pane % 2)) + rng.normal(0, 0.004)
            centres.append((0.5 + reach * np.cos(angle), 0.5 + reach * np.sin(angle)))
            colours.append(rgb(jewels[pane % len(jewels)]) * rng.uniform(0.78, 1.12) + rng.normal(0, 0.025, 3))
    return np.array(centres), np.array(colours)


def _glass(rng: np.random.Generator, colours: Array, border: Array, x: Array, y: Array) -> Array:
    side = len(x)
    streaks = fractal(rng, side, 0.06, 4, stretch=(0.35, 2.5))
    seeds = fractal(rng, side, 0.012, 2)
    sun = np.exp(-((x - 0.44) ** 2 + (y - 0.4) ** 2) / 0.16)
    light = 0.6 + 0.62 * sun + 0.55 * (streaks - 0.5) + 0.35 * (seeds - 0.5) + 5.5 * np.clip(border, 0, 0.05)
    bright = np.clip(light - 0.85, 0, 1)[..., None]
    return colours * light[..., None] * 1.12 + bright * (0.9 - colours) * 0.9
