"""How a picture is drawn that a channel answers to: a method’s switches and numbers, and the sizes it goes through.

Sources: plain pixels, Erhan et al., “Visualizing Higher-Layer Features of a Deep Network” (2009); growing: Graetz,
“How to visualize convolutional features in 40 lines of code” (2019); fourier: Olah, Mordvintsev, Schubert, “Feature
Visualization” (2017), and its library Lucid. Nothing here needs torch, so that a demo may ask what a run will cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from app.algorithms.vision.bounds import among, check

SIZES = (32, 1024)
STARTS = (16, 1024)
FACTORS = (1.05, 4.0)
RADII = (0.0, 8.0)
RATES = (0.001, 1.0)
DEFAULT = "fourier"  # of the three the one whose pictures are best to look at, and strong enough
# Share of the steps of `fourier`, the last ones, in which nothing moves the picture. Measured: what is moved to the
# end is answered half as strongly by the detector's deep layers, whose places stand 32 pixels apart.
FINISH = 0.3

Rungs = list[tuple[int, int]]  # longest side in pixels, steps


@dataclass(frozen=True)
class Method:
    """Eight switches and the schedule; ValueError names a number out of range."""

    grow: bool = False  # small first, then ever larger
    blur: bool = False  # after each enlarging
    fourier: bool = False  # frequencies are what is changed, not pixels
    decorrelate: bool = False  # colours along the axes in which photographs vary independently
    jitter: bool = False
    scale: bool = False
    turn: bool = False
    decay: bool = False  # back towards grey, a little at every step
    start: int = 56  # longest side of the first picture of `grow`, in pixels
    factor: float = 1.2
    radius: float = 1.0  # standard deviation of the blur, in pixels of the enlarged picture
    rate: float = 0.05  # how far a step goes, as a share of the way from black to white

    def __post_init__(self) -> None:
        check("start", self.start, *STARTS)
        check("factor", self.factor, *FACTORS)
        check("radius", self.radius, *RADII)
        check("rate", self.rate, *RATES)


METHODS = {
    "plain": Method(),
    "growing": Method(grow=True, blur=True, jitter=True),
    "fourier": Method(fourier=True, decorrelate=True, jitter=True, scale=True, turn=True),
}


def named(method: Method | str) -> Method:
    """The method of this name, or the one given; ValueError names those there are."""
    if isinstance(method, Method):
        return method
    among("method", method, METHODS)
    return METHODS[method]


def sizes(method: Method | str, size: int) -> list[int]:
    """Longest sides that the picture has one after the other, in pixels; the last is `size`."""
    method = named(method)
    check("size", size, *SIZES)
    grown, side = [], float(method.start)
    while method.grow and round(side) < size:
        grown.append(round(side))
        side *= method.factor
    return [*grown, size]


def rungs(method: Method | str, size: int, steps: int, *, finished: bool = True) -> Rungs:
    """The sizes with their steps, as even as can be but for those that finish the last one.

    With fewer steps than sizes, the small ones go without.
    """
    through, finishing = sizes(method, size), finishes(method, steps) if finished else 0
    climbing = steps - finishing
    ends = [climbing * number // len(through) for number in range(len(through) + 1)]
    ends[-1] = steps
    spans = zip(through, pairwise(ends), strict=True)
    return [(side, last - first) for side, (first, last) in spans if last > first]


def finishes(method: Method | str, steps: int) -> int:
    """How many of the steps, the last ones, are made on a picture that nothing moves any more."""
    method = named(method)
    return round(steps * FINISH) if method.fourier and (method.jitter or method.scale or method.turn) else 0
