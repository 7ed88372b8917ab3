"""Results of the style transfer itself: growing strength, the ladder of sizes, and the post's cover."""

from PIL import Image

from app.algorithms.vision.style_transfer import Options, Stylised, stylise
from training.figures.pen import PAPER, Pen
from training.photographs import photograph
from training.styles import style

STRENGTHS = (0.1, 0.35, 0.6, 0.85)


def strengths() -> Image.Image:
    """One photograph and one style at four strengths, from left to right."""
    pen = Pen(1304, 250)
    for place, strength in enumerate(STRENGTHS):
        left = 16 + 320 * place
        pen.paste(_last(photograph("coffee"), "swirls", 320, strength), (left, 16, left + 312, 234))
    return pen.finished(0)


def ladder() -> Image.Image:
    """The last picture of every rung, at its own size, on one ground line."""
    rungs: dict[int, Stylised] = {}
    options = Options(size=512, steps=150, strength=0.6, start="photograph")
    for iterate in stylise(photograph("cat"), style("wave-print"), options):
        rungs[iterate.size] = iterate
    width = sum(rungs) + 12 * (len(rungs) + 1)
    tallest = max(iterate.picture.height for iterate in rungs.values())
    pen, left = Pen(width, tallest + 24), 12
    for iterate in rungs.values():
        w, h = iterate.picture.size
        pen.paste(iterate.picture, (left, 12 + tallest - h, left + w, 12 + tallest))
        left += w + 12
    return pen.finished(0)


def cover() -> Image.Image:
    """The photograph on the left of a slanted line, its painting on the right."""
    pen = Pen(640, 640)
    before = photograph("dahlia")
    after = _last(before, "stained-glass", 760, 0.6)
    pen.paste(before, (48, 48, 592, 592))
    painted = Pen(640, 640)
    painted.paste(after, (48, 48, 592, 592))
    mask = Pen(640, 640, "black")
    mask.shape([(318, 48), (592, 48), (592, 592), (238, 592)], "white")
    pen.sheet.paste(painted.sheet, (0, 0), mask.sheet.convert("L"))
    pen.line([(318, 46), (238, 594)], PAPER, 7)
    return pen.finished(0)


def _last(content: Image.Image, name: str, size: int, strength: float) -> Image.Image:
    *_, last = stylise(content, style(name), Options(size=size, steps=150, strength=strength, start="photograph"))
    return last.picture
