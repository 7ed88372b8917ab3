"""The figures of the four posts on object detection, each drawn from numbers that are computed or kept."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.detection.anchors import anchors
from app.algorithms.vision.detection.boxes import corners, iou
from app.algorithms.vision.networks.stages import sixteen_anchors
from training.figures.pen import BLUE, GOLD, INK, PAPER, RED, RULE, SOFT, TEAL, Box, Pen
from training.photographs import photograph

WIDTH = 1280  # twice the width of the text
RANKED = (0.94, 0.88, 0.81, 0.70, 0.62, 0.51, 0.44, 0.30, 0.21, 0.12)
CUPS = (0, 1, 4, 7)  # places in the list above whose pictures have a cup
SHIFTS = {"a twentieth": 1 / 20, "a tenth": 1 / 10, "a fifth": 1 / 5, "a third": 1 / 3}
REPLAY = Path(__file__).parents[2] / "app/demos/detection/replay.json"
STEPS = (0, 35, 125, 900)
SQUARE = 480  # pixels of the picture that anchors are laid over
SIDES = np.geomspace(6, 460, 48)
PLACES = 60  # objects of each size


def ranking() -> Image.Image:
    """Ten pictures in the order of their score, and the precision at each one that has a cup."""
    pen = Pen(WIDTH, 600)
    pen.text((60, 52), "score for cup", 44, INK, "lm", 600)
    for place, score in enumerate(RANKED):
        top, colour = 92 + 48 * place, RED if place in CUPS else RULE
        pen.box((60, top, 60 + 440 * score, top + 36), colour, round=5)
        pen.text((60 + 440 * score + 16, top + 18), f"{score:.2f}", 38, SOFT, "lm")
    left, right, bottom, top = 720, 1220, 500, 92
    pen.text((left - 40, 52), "precision at each cup", 44, INK, "lm", 600)
    for level in (0, 0.5, 1):
        y = bottom - (bottom - top) * level
        pen.line([(left, y), (right, y)], RULE, 2)
        pen.text((left - 18, y), f"{level:.1f}".removesuffix(".0"), 40, SOFT, "rm")
    for hit, precision in enumerate(precisions()):
        x0, x1 = (left + (right - left) * (hit + part) / len(CUPS) for part in (0.06, 0.94))
        pen.box((x0, bottom - (bottom - top) * precision, x1, bottom), RED, round=5)
        pen.text(((x0 + x1) / 2, bottom - (bottom - top) * precision + 30), f"{precision:.1f}", 40, PAPER, "mm", 600)
        pen.text(((x0 + x1) / 2, bottom + 32), f"{hit + 1} of {CUPS[hit] + 1}", 40, SOFT)
    pen.line([(left, bottom), (right, bottom)], INK, 3)
    return pen.finished(0)


def precisions() -> list[float]:
    """Of the pictures down to each one with a cup, the share that have one."""
    return [(hit + 1) / (place + 1) for hit, place in enumerate(CUPS)]


def overlaps() -> Image.Image:
    """Pairs of equal boxes, one farther and farther from the other, with their IoU."""
    pen = Pen(WIDTH, 420)
    side = 200
    for place, (words, shift) in enumerate(SHIFTS.items()):
        left, top, step = 40 + 310 * place, 28, side * shift
        pen.box((left + step, top + step, left + side, top + side), "#efc0ae")
        pen.box((left, top, left + side, top + side), None, BLUE, 6, 4)
        pen.box((left + step, top + step, left + side + step, top + side + step), None, RED, 6, 4)
        pen.text((left, 336), f"{shifted(shift):.2f}", 52, INK, "lm", 700)
        pen.text((left, 390), words, 44, SOFT, "lm")
    return pen.finished(0)


def shifted(shift: float) -> float:
    """The IoU of a square with itself, shifted by this share of its side to the right and down."""
    return float(iou(torch.tensor([[0.0, 0, 1, 1]]), torch.tensor([[shift, shift, 1 + shift, 1 + shift]])))


def learning() -> Image.Image:
    """What the sixteen anchors of the kept training said of one photograph, at four of its steps."""
    kept = json.loads(REPLAY.read_text())
    pen = Pen(WIDTH, 372)
    grey = photograph("astronaut").convert("L").convert("RGB")
    still = Image.blend(grey, Image.new("RGB", grey.size, SOFT), 0.45)  # so that the boxes stand out
    side = 304
    for column, step in enumerate(STEPS):
        left = 14 + (side + 12) * column
        pen.paste(still, (left, 14, left + side, 14 + side))
        said = kept["pictures"]["astronaut"]["boxes"][kept["steps"].index(step)]
        for box in sorted(said, key=lambda box: int(box[5])):
            _answer(pen, box, kept["classes"], (left, 14, left + side, 14 + side))
        pen.text((left + 4, 346), f"step {step}", 44, INK, "lm", 600)
    return pen.finished(0)


def _answer(pen: Pen, said: list[Any], classes: list[str], frame: Box) -> None:
    """One anchor's box, the thicker the surer it is; red for a person."""
    left, top, right, bottom = frame
    scale = (right - left) / 512
    x0, x1 = ((left + value * scale) for value in (said[0], said[2]))
    y0, y1 = ((top + value * scale) for value in (said[1], said[3]))
    box = (max(x0, left), max(y0, top), min(x1, right), min(y1, bottom))
    score = said[5] / 1000
    colour = PAPER if score < 0.1 else RED if classes[said[4]] == "person" else TEAL
    pen.box(box, None, colour, 1.5 + 11 * score, 3)


def reach() -> Image.Image:
    """How well the best anchor fits a square object of each size, for 16, 189 and 28,350 anchors."""
    pen = Pen(WIDTH, 640)
    left, right, bottom, top = 110, 1240, 520, 40
    ends = np.log(SIDES[[0, -1]])
    for level in (0, 0.2, 0.4, 0.6, 0.8, 1):
        y = bottom - (bottom - top) * level
        pen.line([(left, y), (right, y)], INK if level == 0 else RULE, 3 if level == 0 else 2)
        pen.text((left - 18, y), f"{level:.1f}".removesuffix(".0"), 40, SOFT, "rm")
    for tick in (8, 16, 32, 64, 128, 256):
        x = left + (right - left) * (np.log(tick) - ends[0]) / (ends[1] - ends[0])
        pen.line([(x, bottom), (x, bottom + 12)], INK, 3)
        pen.text((x, bottom + 38), str(tick), 40, SOFT)
    pen.text(((left + right) / 2, 606), "side of the object, in pixels", 44, SOFT)
    rows = (("28,350", anchors(SQUARE, SQUARE), RED, 0.24), ("189", spread(), GOLD, 0.665), ("16", grid(), BLUE, 0.78))
    for words, standing, colour, at in rows:
        fits = [best(standing, side) for side in SIDES]
        points = [
            (left + (right - left) * share, bottom - (bottom - top) * fit)
            for share, fit in zip(np.linspace(0, 1, len(SIDES)), fits, strict=True)
        ]
        pen.line(points, colour, 8)
        x, y = points[round(at * (len(points) - 1))]
        pen.text(
            (x - 16, y - 22 if words != "16" else y + 30), words, 50, colour if colour != GOLD else "#8a6a12", "rm", 700
        )
    return pen.finished(0)


def best(standing: Tensor, side: float) -> float:
    """Mean over places of the best IoU of anchors (a, 4), centres, with a square object of this side in pixels."""
    start = torch.from_numpy(np.random.default_rng(0).uniform(0, SQUARE - side, (PLACES, 2))).float()
    return float(iou(corners(standing), torch.cat([start, start + side], 1)).amax(0).mean())


def grid() -> Tensor:
    """The sixteen anchors of part 3, as centres in pixels: (16, 4)."""
    return sixteen_anchors(SQUARE)


def spread() -> Tensor:
    """The 189 anchors that part 4 lists, as centres in pixels: (189, 4)."""
    rows = [
        (SQUARE * (x + 0.5) / cells, SQUARE * (y + 0.5) / cells, SQUARE * zoom * w / cells, SQUARE * zoom * h / cells)
        for cells in (4, 2, 1)
        for y in range(cells)
        for x in range(cells)
        for zoom in (0.7, 1.0, 1.3)
        for w, h in ((1, 1), (1, 0.5), (0.5, 1))
    ]
    return torch.tensor(rows)


FIGURES = {
    "detection-ranking": ranking,
    "detection-overlaps": overlaps,
    "detection-learning": learning,
    "detection-reach": reach,
}
