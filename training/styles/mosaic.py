"""Mosaic: a fish among waves of small stones, laid in rows that follow its outline.

Idea: Roman opus vermiculatum sets its stones along the contour of the figure. Here rows are the contours
of the signed distance to the outline, a stone apart; a stone is laid where it does not cover an earlier
one.
"""

import numpy as np
from PIL import Image, ImageDraw
from skimage.filters import gaussian
from skimage.measure import find_contours
from sklearn.neighbors import KDTree

from training.styles.canvas import Array, fractal, grid, ink, ramp, rgb, sample

STONE = 0.021
GROUT = "#cfc3ab"
SEA = [(0.0, "#0d3b66"), (0.25, "#14648c"), (0.5, "#1f9aa0"), (0.75, "#6cc4b4"), (1.0, "#c9e6cf")]
FISH = [(0.0, "#fbe3b0"), (0.3, "#f6b13c"), (0.55, "#ea6a25"), (0.8, "#c22f2b"), (1.0, "#7d1737")]
EYE = (0.25, 0.48)
WORK = 512


def draw(rng: np.random.Generator, size: int) -> Image.Image:
    """Lay the rows, fill the gaps that they leave with chips, then roughen the stones."""
    side = 3 * size
    outline = _outline()
    colours = _colours(rng, outline)
    sheet = Image.new("RGB", (side, side), GROUT)
    laid = Image.new("L", (side, side))
    for row in _rows(outline):
        for centre, angle in _stones_along(rng, row):
            _lay(rng, sheet, laid, centre, angle, 1.0, sample(colours, *centre))
    for centre in rng.random((6000, 2)):
        _lay(rng, sheet, laid, centre, rng.uniform(0, np.pi), rng.uniform(0.4, 0.65), sample(colours, *centre))
    speck = (fractal(rng, side, 0.006, 2)[..., None] - 0.5) * 0.14
    rough = Image.fromarray((np.clip(np.asarray(sheet) / 255 + speck, 0, 1) * 255).astype(np.uint8))
    return rough.resize((size, size), Image.Resampling.LANCZOS)


def _outline() -> Array:
    """Signed distance to the fish in shares of the side, negative inside, on a grid of WORK x WORK."""
    t = np.linspace(0, 1, 80)
    back = np.stack([0.13 + 0.58 * t, 0.52 - 0.2 * np.sin(np.pi * t) ** 0.75 * (1 - 0.35 * t)], axis=1)
    belly = np.stack([0.13 + 0.58 * t, 0.52 + 0.19 * np.sin(np.pi * t) ** 0.85 * (1 - 0.4 * t)], axis=1)[::-1]
    tail = [
        (0.62, 0.53),
        (0.74, 0.43),
        (0.84, 0.3),
        (0.93, 0.25),
        (0.9, 0.4),
        (0.85, 0.53),
        (0.9, 0.66),
        (0.94, 0.8),
        (0.84, 0.74),
        (0.74, 0.63),
    ]
    back_fin = [(0.28, 0.38), (0.36, 0.25), (0.46, 0.2), (0.58, 0.2), (0.66, 0.25), (0.61, 0.31), (0.6, 0.42)]
    belly_fin = [(0.36, 0.66), (0.42, 0.76), (0.53, 0.83), (0.6, 0.83), (0.55, 0.74), (0.55, 0.62)]
    sheet = Image.new("1", (WORK, WORK))
    brush = ImageDraw.Draw(sheet)
    for shape in (np.concatenate([back, belly]), np.array(tail), np.array(back_fin), np.array(belly_fin)):
        brush.polygon([tuple(point) for point in shape * WORK], fill=1)
    soft = gaussian(np.asarray(sheet).astype(float), WORK * 0.014)
    edge = KDTree(np.concatenate(find_contours(soft, 0.5)))
    distance, _ = edge.query(np.argwhere(np.ones_like(soft)))
    return np.asarray(distance.reshape(WORK, WORK) / WORK * np.where(soft > 0.5, -1, 1))


def _colours(rng: np.random.Generator, outline: Array) -> Array:
    """The colour a stone has at each place: bands of sea around the fish, scales on it, its eye."""
    x, y = grid(WORK)
    noise = fractal(rng, WORK, 0.25, 3) - 0.5
    bands = 0.5 + 0.5 * np.cos(outline * 2 * np.pi / (5 * STONE))
    sea = ramp(np.clip(0.16 + 0.42 * bands + 0.45 * (1 - y) - 0.2 + 0.5 * noise, 0, 1), SEA)
    scales = np.hypot(np.mod(x * 11 + 0.5 * np.floor(y * 11), 1) - 0.15, np.mod(y * 11, 1) - 0.5)
    fish = ramp(np.clip(0.95 * (0.74 - y) / 0.45 + 0.35 * (scales - 0.5) + 0.25 * noise, 0, 1), FISH)
    fish = np.where((x > 0.665)[..., None], ramp(np.clip((x - 0.66) * 4, 0, 1), [(0, "#c22f2b"), (1, "#f6b13c")]), fish)
    gill = np.abs(np.hypot(x - 0.14, y - 0.5) - 0.19) < 0.011
    fish = np.where(gill[..., None], rgb("#fdf2d6"), fish)
    colours = np.where((outline < 0)[..., None], fish, sea)
    colours = np.where((np.abs(outline + STONE / 2) < STONE / 2)[..., None], rgb("#3a1220"), colours)
    eye = np.hypot(x - EYE[0], y - EYE[1])[..., None]
    return np.where(eye < 0.7 * STONE, rgb("#14110f"), np.where(eye < 2.1 * STONE, rgb("#fff7e4"), colours))


def _rows(outline: Array) -> list[Array]:
    """Lines of points (n, 2) to lay stones along, the most important first."""
    turn = np.linspace(0, 2 * np.pi, 60)[:, None]
    circle = np.concatenate([np.cos(turn), np.sin(turn)], axis=1)
    rows = [np.array(EYE) + radius * circle for radius in (0.002, 1.45 * STONE, 2.5 * STONE)]
    for step in range(45):
        for level in (-(step + 0.5) * STONE, (step + 0.5) * STONE):
            rows += [(line[:, ::-1] + 0.5) / WORK for line in find_contours(outline, level)]
    return rows


def _stones_along(rng: np.random.Generator, row: Array) -> list[tuple[Array, float]]:
    """Centre and direction of the stones of one row."""
    steps = np.hypot(*np.diff(row, axis=0).T)
    reach = np.concatenate([[0], np.cumsum(steps)])
    count = max(1, int(reach[-1] / STONE / 1.04))
    places = (np.arange(count) + 0.5 + rng.uniform(-0.1, 0.1, count)) * reach[-1] / count
    x, y = (np.interp(places, reach, row[:, axis]) for axis in (0, 1))
    ahead = np.minimum(places + STONE / 3, reach[-1])
    angles = np.arctan2(np.interp(ahead, reach, row[:, 1]) - y, np.interp(ahead, reach, row[:, 0]) - x)
    return [(np.array(place), float(angle)) for *place, angle in zip(x, y, angles, strict=True)]


def _lay(
    rng: np.random.Generator,
    sheet: Image.Image,
    laid: Image.Image,
    centre: Array,
    angle: float,
    scale: float,
    colour: Array,
) -> None:
    side = sheet.width
    half = STONE * side * 0.45 * scale * rng.uniform(0.88, 1.04, 2)
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half + rng.normal(0, STONE * side * 0.035, (4, 2))
    turned = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) + centre * side
    box = (*turned.min(axis=0).astype(int), *turned.max(axis=0).astype(int) + 1)
    stone = Image.new("L", (box[2] - box[0], box[3] - box[1]))
    local = [tuple(corner) for corner in turned - box[:2]]
    ImageDraw.Draw(stone).polygon(local, fill=255)
    covered = (np.asarray(laid.crop(box)) & np.asarray(stone)).sum() / max(1, int(np.asarray(stone).sum()))
    if covered > 0.1:
        return
    points = [tuple(corner) for corner in turned]
    tone = colour * rng.uniform(0.84, 1.14) + rng.normal(0, 0.022, 3)
    brush = ImageDraw.Draw(sheet)
    brush.polygon(points, fill=ink(tone))
    brush.line([points[3], points[0], points[1]], fill=ink(tone + 0.1), width=max(1, side // 500))
    brush.line([points[1], points[2], points[3]], fill=ink(tone * 0.72), width=max(1, side // 500))
    ImageDraw.Draw(laid).polygon(points, fill=255)
