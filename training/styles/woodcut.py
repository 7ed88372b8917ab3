"""Woodcut: a rising sun over hills and water, cut as lines that follow the form, in two inks.

Idea: a tone is a row of carved lines, the wider the brighter; the lines are level sets of a field that
follows the form: circles around the sun, the slope of a hill, ripples on water (Ostromoukhov's facial
engraving, 1999).
"""

import numpy as np
from PIL import Image

from training.styles.canvas import Array, fractal, grid, mix, picture, rgb, smooth

PAPER, BLACK, RED, OCHRE = rgb("#f1e4c8"), rgb("#1a1613"), rgb("#c8401f"), rgb("#e2a24a")
SUN = (0.38, 0.4, 0.15)
SHORE = 0.74
# Height of the crest at the left, middle and right of a hill, the pitch of its cuts, and their lean.
HILLS = (
    ((0.5, 0.46, 0.4), 0.0135, 0.9),
    ((0.72, 0.58, 0.47), 0.016, -0.8),
    ((0.5, 0.66, 0.7), 0.017, 0.7),
)


def draw(rng: np.random.Generator, size: int) -> Image.Image:
    """Print the red block, then the black one, with the unevenness of hand-rubbed ink."""
    side = 2 * size
    x, y = grid(side)
    wobble = fractal(rng, side, 0.09, 4) - 0.5
    grain = fractal(rng, side, 0.012, 3, stretch=(6, 0.5))
    black = _sky(x, y, wobble)
    land = np.zeros_like(black)
    for (left, middle, right), pitch, lean in HILLS:
        crest = (
            np.interp(x, [0, 0.5, 1], [left, middle, right]) + 0.035 * np.sin(9 * x + 40 * pitch * lean) + 0.03 * wobble
        )
        inside = smooth(crest - y, 0.002)
        black = black * (1 - inside) + inside * _hill(x, y, crest, pitch, lean, wobble)
        land = np.maximum(land, inside)
    black = np.where(y > SHORE, _water(x, y, wobble), black)
    colours = _red_block(x, y, wobble, grain, land)
    cover = np.clip(black * (1 - 1.2 * np.clip(grain - 0.64, 0, 1)), 0, 1)
    return picture(mix(colours, BLACK, cover)).resize((size, size), Image.Resampling.LANCZOS)


def _cuts(phase: Array, tone: Array) -> Array:
    """Ink left standing between lines cut at every whole number of phase; tone 1 leaves all of it."""
    ridge = np.abs(np.mod(phase, 1) - 0.5) * 2
    return np.clip((ridge - (1 - tone)) / 0.22 + 0.5, 0, 1)


def _sky(x: Array, y: Array, wobble: Array) -> Array:
    distance = np.hypot(x - SUN[0], y - SUN[1])
    angle = np.arctan2(y - SUN[1], x - SUN[0])
    rings = _cuts(distance / 0.017 + wobble * 2.2, 0.2 + 0.75 * np.clip(distance - 0.12, 0, 1))
    gaps = _cuts(angle * 17 / np.pi + wobble, 0.98 - 0.25 * np.exp(-((distance - 0.3) ** 2) / 0.02))
    return np.where(distance < SUN[2], 0.0, rings * gaps) + smooth(np.abs(distance - SUN[2]) - 0.004, 0.002)


def _hill(x: Array, y: Array, crest: Array, pitch: float, lean: float, wobble: Array) -> Array:
    depth = y - crest
    phase = (depth * 1.1 + lean * 0.55 * x + 0.05 * np.sin(14 * x + 9 * depth)) / pitch + wobble * 2.5
    tone = 0.96 - 2.3 * np.clip(0.16 - depth, 0, 0.16) + 0.35 * wobble
    return np.maximum(_cuts(phase, tone), smooth(np.abs(depth) - 0.005, 0.002))


def _water(x: Array, y: Array, wobble: Array) -> Array:
    depth = np.clip(y - SHORE, 0, 1)
    rows = np.sqrt(depth * 3.2) * 24
    phase = rows + 0.55 * np.sin(x * 30 - rows * 1.3) + 0.3 * np.sin(x * 71 + rows * 2.1) + wobble * 1.5
    glitter = np.exp(-((x - SUN[0]) ** 2) / (0.012 + 0.06 * depth))
    return np.maximum(_cuts(phase, 0.86 - 0.62 * glitter + 0.5 * wobble), smooth(depth - 0.004, 0.002))


def _red_block(x: Array, y: Array, wobble: Array, grain: Array, land: Array) -> Array:
    """Paper with the second block on it: the sun, its light on the sky and on the water."""
    distance = np.hypot(x - SUN[0] - 0.003, y - SUN[1] + 0.002)
    rubbed = np.clip(0.82 + 0.9 * (grain - 0.5), 0, 1)
    glow = np.clip(0.85 - 1.3 * np.abs(y - SHORE), 0, 1) * rubbed
    colours = mix(np.broadcast_to(PAPER, (*x.shape, 3)), OCHRE, glow)
    glitter = np.exp(-((x - SUN[0]) ** 2) / (0.01 + 0.05 * (y - SHORE).clip(0))) * (y > SHORE)
    colours = mix(colours, RED, 0.75 * glitter * rubbed)
    return mix(colours, RED, smooth(distance - SUN[2] + 0.004 * wobble, 0.003) * rubbed * (1 - land))
