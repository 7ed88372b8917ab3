"""Pictures to detect in, made from others: one or four of them on a canvas, scaled, mirrored, cut and recoloured.

A canvas knows which objects it is sure of (they came with boxes) and where it knows nothing (pictures without boxes):
there a teacher is asked. Canvas `i` of a seed is always the same one, whatever was made before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from training.labelled import Labelled

GREY = 114
FOUR = 0.55  # share of canvases with four pictures
VISIBLE = 0.3  # share of its area an object must keep to be called there
NARROWEST = 3  # pixels

Room = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the canvas


@dataclass(frozen=True)
class Canvas:
    """A square picture and what is known of it."""

    picture: np.ndarray  # (side, side, 3) uint8
    boxes: np.ndarray  # (m, 4) float32, x0 y0 x1 y1 in pixels
    labels: np.ndarray  # (m) int64
    asked: np.ndarray  # (m) bool: False for crowds and difficult objects
    known: np.ndarray  # (r, 4) float32: rectangles in which every object has its box


@dataclass(frozen=True)
class Share:
    """Pictures of one kind, how often they are drawn against others, and whether they came with all their boxes."""

    pictures: Sequence[Labelled]
    weight: float
    known: bool


def canvas(shares: Sequence[Share], side: int, random: np.random.Generator) -> Canvas:
    """A canvas of `side` pixels with one or four pictures, recoloured as a whole."""
    picture = np.full((side, side, 3), GREY, np.uint8)
    if random.random() < FOUR:
        x, y = (round(side * share) for share in random.uniform(0.3, 0.7, 2))
        rooms = [(0, 0, x, y), (x, 0, side, y), (0, y, x, side), (x, y, side, side)]
        tiles = [_tile(picture, room, shares, random.uniform(0.45, 1.0) * side, random) for room in rooms]
    else:
        tiles = [_tile(picture, (0, 0, side, side), shares, random.uniform(0.7, 1.5) * side, random)]
    boxes, labels, asked, known = (np.concatenate(part) for part in zip(*tiles, strict=True))
    return Canvas(recoloured(picture, random), boxes, labels, asked, known)


def recoloured(picture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The same picture under another light: brightness, contrast and saturation of their own."""
    x = picture.astype(np.float32)
    grey = x.mean(-1, keepdims=True)
    x = grey + (x - grey) * random.uniform(0.6, 1.4)
    x = (x - 114) * random.uniform(0.75, 1.3) + 114 + random.uniform(-20, 20)
    coloured: np.ndarray = np.clip(x * random.uniform(0.92, 1.08, 3).astype(np.float32), 0, 255).astype(np.uint8)
    return coloured


def _tile(
    onto: np.ndarray, room: Room, shares: Sequence[Share], longest: float, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Paste a picture into a room of the canvas: what is known of it then, as a Canvas has it."""
    weights = np.array([share.weight for share in shares])
    share = shares[random.choice(len(shares), p=weights / weights.sum())]
    drawn = share.pictures[int(random.integers(len(share.pictures)))]
    small, boxes = _another(drawn, longest, random)
    left, top = _place(room, small.size, random)
    seen = (max(room[0], left), max(room[1], top), min(room[2], left + small.width), min(room[3], top + small.height))
    cut = np.asarray(small)[seen[1] - top : seen[3] - top, seen[0] - left : seen[2] - left]
    onto[seen[1] : seen[3], seen[0] : seen[2]] = cut
    boxes, kept = _seen(boxes + np.array([left, top, left, top], np.float32), seen)
    known = np.array([seen] if share.known else [], np.float32).reshape(-1, 4)
    return boxes[kept], drawn.labels[kept], ~drawn.difficult[kept], known


def _another(drawn: Labelled, longest: float, random: np.random.Generator) -> tuple[Image.Image, np.ndarray]:
    """The picture and its boxes at another size, a little stretched, half of the time mirrored."""
    h, w = drawn.picture.shape[:2]
    stretch = float(np.exp(random.uniform(-0.2, 0.2)))
    across, down = longest / max(h, w) * stretch**0.5, longest / max(h, w) / stretch**0.5
    size = max(8, round(w * across)), max(8, round(h * down))
    small = Image.fromarray(drawn.picture).resize(size, Image.Resampling.BILINEAR)
    boxes = drawn.boxes * np.array([across, down, across, down], np.float32)
    if random.random() < 0.5:
        small = small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        boxes = np.stack([small.width - boxes[:, 2], boxes[:, 1], small.width - boxes[:, 0], boxes[:, 3]], 1)
    return small, boxes


def _place(room: Room, size: tuple[int, int], random: np.random.Generator) -> tuple[int, int]:
    """Left and top of a picture in a room: anywhere inside it, or, where it is larger, so that it covers it."""
    spaces = [room[axis + 2] - room[axis] - size[axis] for axis in (0, 1)]
    left, top = (int(random.integers(min(0, space), max(0, space) + 1)) for space in spaces)
    return room[0] + left, room[1] + top


def _seen(boxes: np.ndarray, room: Room) -> tuple[np.ndarray, np.ndarray]:
    """The boxes cut off at the room's edges, and which of them keep enough of their objects."""
    clipped = np.concatenate([np.clip(boxes[:, i : i + 1], room[i % 2], room[i % 2 + 2]) for i in range(4)], 1)
    sides, before = clipped[:, 2:] - clipped[:, :2], boxes[:, 2:] - boxes[:, :2]
    kept = (sides.prod(1) >= VISIBLE * before.prod(1)) & (sides.min(1, initial=np.inf) >= NARROWEST)
    return clipped.astype(np.float32), kept
