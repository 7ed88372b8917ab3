"""Wave print: curling breakers and rows of scale waves in Prussian blue, under a pale sun.

Idea: seigaiha, the old pattern of waves as overlapping discs of rings, lies in perspective on a swell;
breakers are bundles of parallel strands along a curve whose curvature grows with its length, as Euler's
spiral does.
"""

import numpy as np
from PIL import Image, ImageDraw

from training.styles.canvas import Array, fractal, grid, ink, mix, picture, ramp, rgb, smooth

SKY = [(0.0, "#1f4e79"), (0.16, "#7fa9bf"), (0.34, "#e9dcc0"), (0.5, "#f0dfc0"), (1.0, "#e8cfae")]
DEEP, PRUSSIAN, SKY_BLUE, PALE, FOAM = (rgb(tone) for tone in ("#0c2340", "#17406d", "#4c86ad", "#a9cbd3", "#f6efdd"))
# Colours of one scale from its centre outwards.
RINGS = [
    (0.0, "#0c2340"),
    (0.17, "#0c2340"),
    (0.18, "#4c86ad"),
    (0.33, "#4c86ad"),
    (0.34, "#f6efdd"),
    (0.42, "#f6efdd"),
    (0.43, "#17406d"),
    (0.57, "#17406d"),
    (0.58, "#a9cbd3"),
    (0.66, "#a9cbd3"),
    (0.67, "#17406d"),
    (0.83, "#17406d"),
    (0.84, "#f6efdd"),
    (0.94, "#f6efdd"),
    (0.95, "#0c2340"),
    (1.0, "#0c2340"),
]
STRANDS = (
    DEEP,
    FOAM,
    PRUSSIAN,
    PRUSSIAN,
    FOAM,
    DEEP,
    SKY_BLUE,
    PALE,
    PRUSSIAN,
    FOAM,
    DEEP,
    PRUSSIAN,
    SKY_BLUE,
    FOAM,
    DEEP,
    PALE,
    PRUSSIAN,
    FOAM,
)
# Foot, length and direction of each breaker, from the farthest to the nearest.
BREAKERS = (((1.14, 0.8), 0.98, -1), ((-0.2, 1.04), 1.55, 1), ((0.4, 1.18), 0.95, 1))
HORIZON = 0.47


def draw(rng: np.random.Generator, size: int) -> Image.Image:
    """Sky and sun, the sea of scales, the breakers, then paper."""
    side = 2 * size
    x, y = grid(side)
    sheet = picture(mix(_sky(rng, x, y), _scales(rng, x, y), smooth(HORIZON - y, 0.003)))
    brush = ImageDraw.Draw(sheet)
    for foot, length, way in BREAKERS:
        _breaker(rng, brush, np.array(foot), length, way, side)
    grain = fractal(rng, side, 0.02, 4, stretch=(5, 0.4))[..., None] - 0.5
    return picture(np.asarray(sheet) / 255 + 0.13 * grain).resize((size, size), Image.Resampling.LANCZOS)


def _sky(rng: np.random.Generator, x: Array, y: Array) -> Array:
    streaks = fractal(rng, len(x), 0.3, 4, stretch=(3, 0.35)) - 0.5
    colours = ramp(np.clip(y * 1.15 + 0.12 * streaks, 0, 1), SKY)
    sun = np.hypot(x - 0.72, y - 0.18) - 0.085
    return mix(colours, rgb("#d8553a"), 0.92 * smooth(sun, 0.003))


def _scales(rng: np.random.Generator, x: Array, y: Array) -> Array:
    """Overlapping discs: two radii apart in a row, rows half a radius apart, in perspective."""
    radius = 0.02 + 0.16 * np.clip(y - HORIZON, 0, 1)
    across = (x - 0.45) / radius
    down = np.log(radius) / 0.16 + 0.5 * np.sin(7 * x + 6 * y) + 0.25 * np.sin(15 * x - 9 * y)
    colours = np.broadcast_to(DEEP, (*x.shape, 3))
    front = np.floor(down / 0.5) + 2
    for behind in range(4, -1, -1):
        row = front - behind
        offset = np.mod(across + np.mod(row, 2), 2) - 1
        distance = np.hypot(offset, down - row * 0.5)
        colours = mix(colours, ramp(np.clip(distance, 0, 1), RINGS), distance < 1)
    shade = fractal(rng, len(x), 0.3, 3, stretch=(2, 0.6)) - 0.5
    return colours * (1 + 0.35 * shade[..., None])


def _breaker(
    rng: np.random.Generator, brush: ImageDraw.ImageDraw, foot: Array, length: float, way: int, side: int
) -> None:
    """A wave that rises from its foot and curls over, strand by strand inwards, then its foam."""
    share = np.linspace(0, 1, 160)
    turn = -0.75 - 0.5 * share + 6.9 * share**3.6
    heading = np.stack([way * np.cos(turn), np.sin(turn)], axis=1)
    spine = foot + np.cumsum(heading, axis=0) * length / len(share)
    inward = np.stack([-heading[:, 1], heading[:, 0]], axis=1) * way
    reach = (inward * (1.7 - 1.45 * share[:, None])) * length * 0.0145
    for number, tone in enumerate(STRANDS):
        end = int(len(share) * (1 - 0.011 * number))
        edges = [(spine + reach * (number + more))[:end] * side for more in (0.0, 1.06)]
        outline = np.concatenate([edges[0], edges[1][::-1]])
        brush.polygon([tuple(point) for point in outline], fill=ink(tone))
    _foam(rng, brush, spine[70:], inward[70:], length, side)


def _foam(
    rng: np.random.Generator,
    brush: ImageDraw.ImageDraw,
    crest: Array,
    inward: Array,
    length: float,
    side: int,
) -> None:
    """Round drops of foam along the crest and spray thrown ahead of it."""
    for _ in range(150):
        place = int(rng.integers(len(crest)))
        away = rng.exponential(0.022) - 0.012
        centre = (crest[place] - inward[place] * away * length) * side
        reach = length * side * rng.uniform(0.004, 0.017) * (1 if away < 0.02 else 0.45)
        for grow, tone in ((1.28, DEEP), (1.0, FOAM)):
            box = (*(centre - reach * grow), *(centre + reach * grow))
            brush.ellipse(box, fill=ink(tone))
