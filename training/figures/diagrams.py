"""The two covers that show machines: accounts on the way to a bucket, and a page with a bench in it."""

import numpy as np
from PIL import Image

from training.figures.pen import BLUE, GOLD, INK, PAPER, RED, RULE, SOFT, TEAL, Pen, Point
from training.photographs import photograph
from training.styles import style

SIDE = 640


def service_accounts() -> Image.Image:
    """From a pod over its two accounts to a bucket; the way past them is dashed."""
    pen = Pen(SIDE, SIDE)
    pod, kubernetes, google, bucket = (130.0, 470.0), (190.0, 190.0), (430.0, 160.0), (500.0, 430.0)
    pen.box((48, 60, 330, 590), "#ebe3d4", RULE, 3, 22)
    pen.dashes((190, 470), (430, 450), SOFT, 5, 16)
    pen.shape([(296, 446), (324, 478), (310, 462), (324, 446), (296, 478), (310, 462)], None, SOFT, 5)
    pen.line([pod, kubernetes, google, bucket], INK, 6)
    pen.shape(_polygon(pod, 66, 6, np.pi / 6), BLUE, INK, 5)
    pen.shape(_polygon(pod, 30, 4, np.pi / 4), PAPER, INK, 4)
    _account(pen, kubernetes, TEAL)
    _account(pen, google, GOLD)
    x, y = bucket
    pen.shape([(x - 74, y - 52), (x + 74, y - 52), (x + 54, y + 80), (x - 54, y + 80)], RED, INK, 5)
    pen.brush.ellipse([v * 2 for v in (x - 76, y - 74, x + 76, y - 30)], "#e8744f", INK, 10)
    return pen.finished()


def _account(pen: Pen, centre: Point, colour: str) -> None:
    x, y = centre
    pen.disc(centre, 68, colour, INK, 5)
    pen.disc((x, y - 18), 21, PAPER, INK, 4)
    pen.brush.pieslice([v * 2 for v in (x - 40, y + 8, x + 40, y + 88)], 180, 360, PAPER, INK, 8)


def _polygon(centre: Point, radius: float, corners: int, turn: float) -> list[Point]:
    angles = turn + np.arange(corners) * 2 * np.pi / corners
    return [(float(centre[0] + radius * np.cos(a)), float(centre[1] + radius * np.sin(a))) for a in angles]


def posts_that_run() -> Image.Image:
    """A page of text with a bench in it, and the table of runs behind it."""
    pen = Pen(SIDE, SIDE)
    pen.box((300, 318, 604, 582), "#e6dccb", INK, 4, 10)
    for row, colour in enumerate((TEAL, TEAL, RED, RULE, RULE)):
        top = 344 + 45 * row
        pen.box((456, top, 584, top + 30), PAPER, INK, 3, 6)
        pen.disc((476, top + 15), 8, colour, INK, 2.5)
        pen.line([(496, top + 15), (496 + (70, 54, 74, 40, 62)[row], top + 15)], SOFT, 5)
    pen.box((56, 40, 432, 600), "#fffdf8", INK, 4, 10)
    pen.line([(88, 88), (300, 88)], INK, 14)
    for place, end in enumerate((398, 388, 400, 340)):
        pen.line([(88, 128 + 24 * place), (end, 128 + 24 * place)], RULE, 8)
    pen.box((80, 226, 408, 462), "#efe7d8", INK, 4, 10)
    pen.paste(photograph("temple").crop((90, 0, 420, 330)), (96, 242, 236, 402))
    pen.paste(style("swirls", 256), (250, 242, 392, 402))
    pen.line([(96, 432), (300, 432)], RULE, 9)
    pen.line([(96, 432), (230, 432)], RED, 9)
    pen.box((322, 418, 392, 446), RED, round=6)
    for place, end in enumerate((396, 400, 372, 390)):
        pen.line([(88, 494 + 24 * place), (end, 494 + 24 * place)], RULE, 8)
    pen.line([(408, 432), (440, 432), (440, 463), (456, 463)], RED, 4)
    return pen.finished()
