"""A method as the reader has set it, and what that costs in pixels. Nothing here needs torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.algorithms.vision.feature_maps.methods import METHODS, Method, rungs

if TYPE_CHECKING:
    from app.demos.feature_maps.demo import Inputs

SWITCHES = ("grow", "blur", "fourier", "decorrelate", "jitter", "scale", "turn", "decay")
PUSHED = 6  # a photograph that is pushed as long as noise is drawn is no photograph any more
LEAST = 10


def method(inputs: Inputs, name: str) -> Method:
    """The method of this name, or with “own” the reader's switches; with the reader's numbers."""
    chosen = own({switch: getattr(inputs, switch) for switch in SWITCHES}) if name == "own" else METHODS[name]
    rate = min(1.0, chosen.rate * inputs.rate)
    return replace(chosen, start=inputs.start, factor=inputs.factor, radius=inputs.radius, rate=rate)


def own(switches: Mapping[str, bool]) -> Method:
    """What these switches make, all others being off, with the numbers of the method that is nearest."""
    near = METHODS["fourier" if switches.get("fourier") else "growing"]
    return replace(near, **{switch: switches.get(switch, False) for switch in SWITCHES})


def pushes(steps: int) -> int:
    """With how many steps a photograph is pushed, where noise would be drawn with so many."""
    return max(LEAST, steps // PUSHED)


def pixels(how: Method, size: int, steps: int) -> float:
    """How much is computed: the pixels of all steps, in steps at 224 px."""
    return sum(count * (side / 224) ** 2 for side, count in rungs(how, size, steps))
