"""Ink wash: mountains in mist, painted back to front with one black on warm paper, and a red sun.

Idea: a ridge is a line of midpoint-displaced noise (Fournier, Fussell and Carpenter, 1982) with steep
peaks; under it the ink runs out into the mist, and short brush marks follow the slope, as in shan shui
painting.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from training.styles.canvas import Array, fractal, grid, mix, picture, ramp, rgb, smooth

PAPER = [(0.0, "#e3d6b8"), (0.5, "#efe5cc"), (1.0, "#f7f0de")]
INK = rgb("#1b1d22")
SUN = (0.7, 0.2, 0.075)
# Foot of a range, its relief, roughness of its line, blackness of the ink, peaks as (x, height, width).
RANGES = (
    (0.47, 0.05, 0.5, 0.42, ((0.32, 0.22, 0.1), (0.5, 0.12, 0.07), (0.16, 0.1, 0.06))),
    (0.6, 0.06, 0.52, 0.68, ((0.2, 0.36, 0.085), (0.33, 0.24, 0.06), (0.9, 0.2, 0.08))),
    (0.76, 0.07, 0.52, 0.88, ((0.8, 0.34, 0.09), (0.94, 0.42, 0.1), (0.66, 0.14, 0.07))),
    (0.95, 0.07, 0.52, 1.0, ((0.08, 0.3, 0.11), (0.24, 0.18, 0.08), (0.55, 0.06, 0.1))),
)


def draw(rng: np.random.Generator, size: int) -> Image.Image:
    """Paper, sun, then every range with its wash, its texture strokes and its pines."""
    x, y = grid(size)
    fibre = fractal(rng, size, 0.03, 4, stretch=(2.5, 0.7))
    colours = ramp(fibre, PAPER)
    disc = smooth(np.hypot(x - SUN[0], y - SUN[1]) - SUN[2] - 0.006 * (fibre - 0.5), 0.012)
    colours = mix(colours, rgb("#b8321f") + 0.25 * (fibre[..., None] - 0.5), 0.88 * disc)
    for foot, relief, rough, black, peaks in RANGES:
        ridge = foot + relief * _ridge(rng, size, rough) - _peaks(np.linspace(0, 1, size), peaks)
        colours = mix(colours, rgb("#efe5cc"), _mist(rng, x, y, ridge))
        colours = mix(colours, INK, np.clip(_wash(rng, y, ridge, fibre) * black, 0, 0.95))
        marks = _marks(rng, size, ridge, black) * black
        colours = mix(colours, INK, np.clip(marks * (0.6 + 0.8 * fibre), 0, 0.95))
    return picture(colours + (fractal(rng, size, 0.006, 1)[..., None] - 0.5) * 0.06)


def _ridge(rng: np.random.Generator, size: int, rough: float) -> Array:
    """Heights along x around 0, upwards negative, by displacing midpoints less and less."""
    line = rng.uniform(-0.5, 0.5, 4)
    reach = 0.5
    while len(line) < size:
        reach *= rough
        middle = (line[:-1] + line[1:]) / 2 + rng.uniform(-reach, reach, len(line) - 1)
        line = np.insert(line, np.arange(1, len(line)), middle)
    return np.interp(np.linspace(0, 1, size), np.linspace(0, 1, len(line)), line)


def _peaks(x: Array, peaks: tuple[tuple[float, float, float], ...]) -> Array:
    """Steep-sided pillars, like the granite of Huangshan."""
    pillars = [height / (1 + np.abs((x - place) / width) ** 3) for place, height, width in peaks]
    return np.asarray(np.max(pillars, axis=0))


def _mist(rng: np.random.Generator, x: Array, y: Array, ridge: Array) -> Array:
    """Bare paper drifting below each ridge, which hides the feet of the range behind."""
    drift = 0.06 * (fractal(rng, len(x), 0.4, 3, stretch=(2.5, 0.6)) - 0.5)
    return 0.95 * np.clip((y - ridge[None] + 0.01 + drift) / 0.03, 0, 1)


def _wash(rng: np.random.Generator, y: Array, ridge: Array, fibre: Array) -> Array:
    """How much ink lies where: most along the ridge, thinning out downwards in pools."""
    below = y - ridge[None] + 0.004 * (fibre - 0.5)
    pools = fractal(rng, len(y), 0.16, 5)
    run = np.exp(-np.clip(below, 0, 1) / (0.02 + 0.22 * pools**1.5))
    edge = 0.35 * np.exp(-np.clip(below, 0, 1) / 0.004)
    return smooth(-below, 0.004) * (run * (0.35 + 0.8 * pools) + edge)


def _marks(rng: np.random.Generator, size: int, ridge: Array, black: float) -> Array:
    """Texture strokes down the slopes and pines on the ridge, as ink in 0…1."""
    side = 2 * size
    sheet = Image.new("L", (side, side))
    brush = ImageDraw.Draw(sheet)
    slope = np.gradient(ridge) * size
    for _ in range(1500):
        column = int(rng.integers(size))
        drop = rng.exponential(0.06)
        heading = np.array([np.sign(slope[column]), abs(slope[column]) + 0.5])
        start = np.array([column / size, ridge[column] + drop]) * side
        end = start + heading / np.hypot(*heading) * rng.uniform(0.008, 0.034) * side
        tone = int(np.exp(-drop / 0.1) * rng.uniform(60, 245))
        brush.line([tuple(start), tuple(end)], fill=tone, width=max(1, int(rng.uniform(0.0015, 0.006) * side)))
    if black > 0.6:
        for column in rng.integers(0, size, int(34 * black)):
            _pine(
                rng,
                brush,
                column / size * side,
                ridge[column] * side,
                side * 0.07 * black**2 * rng.uniform(0.5, 1),
            )
    soft = sheet.resize((size, size), Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(size / 700))
    return np.asarray(soft) / 255


def _pine(rng: np.random.Generator, brush: ImageDraw.ImageDraw, x: float, y: float, height: float) -> None:
    brush.line(
        [(x, y + height * 0.1), (x + rng.normal(0, 0.06) * height, y - height)],
        fill=235,
        width=max(1, int(height * 0.06)),
    )
    for level in np.linspace(0.15, 0.95, 7):
        reach = height * 0.34 * (1.08 - level) * rng.uniform(0.7, 1.2)
        for side in (-1, 1):
            tip = (x + side * reach, y - height * (level - 0.1))
            brush.line(
                [(x, y - height * level), tip],
                fill=int(rng.uniform(170, 245)),
                width=max(1, int(height * 0.07)),
            )
