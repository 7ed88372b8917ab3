"""Down the loss and up the ladder: a picture is changed step by step until what is wanted of it is nearly so.

Idea: the network is frozen and gradient descent changes the pixels. What the loss is, is the objective's matter; this
is the loop that style transfer and texture synthesis share. Invariant: the same start and objectives give the same
iterates on the same machine, whether or not the run was stopped between two of them.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.climb import climb, start
from app.algorithms.vision.ladder import Rungs, usual
from app.algorithms.vision.pixels import channels_last, picture, resized
from app.algorithms.vision.snapshot import MOMENTS, Snapshot

# A step of L-BFGS that goes farther than this (root mean square of all pixels' changes) is shortened: without a line
# search some would leave the region where its picture of the loss is true. Measured: none then raises it much.
FARTHEST = 0.03


class Objective(Protocol):
    """What one rung's picture should become."""

    @property
    def shape(self) -> torch.Size:
        """Height and width of that picture."""

    def losses(self, x: Tensor) -> dict[str, Tensor]:
        """Losses by name of the picture (1, 3, h, w); `total` is the one that falls."""


@dataclass(frozen=True)
class Iterate:
    """The picture after one step; the losses are those that the step began with."""

    step: int
    of: int
    size: int  # longest side of this rung
    picture: Image.Image  # of this rung's size, or of full size where that is how it is looked at
    losses: dict[str, float]
    progress: float  # share of the work that is done; the last steps, on the largest rungs, are most of it
    seconds: float  # of computing so far, without the pauses
    state: Callable[[], bytes] | None = None  # all that going on from here needs; to be asked before the next step


def descend(
    rungs: Rungs,
    x: Tensor,
    objectives: Callable[[int], Objective],
    *,
    optimiser: str = "adam",
    rate: Callable[[float], float] = usual,
    enlarge: Callable[[Tensor, torch.Size], Tensor] = resized,
    full: torch.Size | None = None,
    snapshot: Snapshot | None = None,
    about: Callable[[], Mapping[str, Any]] = dict,
    seconds: float = 0.0,
) -> Iterator[Iterate]:
    """One iterate a step, from the picture `x` (1, 3, h, w) or from the snapshot of an earlier step of these rungs.

    `rate` gives the learning rate at a share of the steps. `enlarge` makes a picture fit the next rung, and `full`, the
    height and width to look at, where these are given. `about` is asked for what a snapshot is to say of the run;
    `seconds` were spent before the first step.
    """
    of, work = sum(steps for _, steps in rungs), sum(steps * size**2 for size, steps in rungs)
    if snapshot:
        x, seconds = snapshot.x, snapshot.seconds
    x, down = start(x, optimiser, snapshot.moments if snapshot else None)
    step = done = 0
    for size, steps in rungs:
        skipped = min(steps, max(0, snapshot.step - step)) if snapshot else 0
        step, done = step + skipped, done + skipped * size**2
        if skipped == steps:
            continue
        began = time.perf_counter()
        objective = objectives(size)
        x, down = climb(x, down, objective.shape, enlarge)
        seconds += time.perf_counter() - began
        for _ in range(steps - skipped):
            began = time.perf_counter()
            step, done = step + 1, done + size**2
            losses = _step(down, x, objective, rate(step / of))
            seconds += time.perf_counter() - began
            state = _snapshot(x, down, rungs, step, seconds, about)
            shown = picture(enlarge(x.detach(), full) if full else x)
            yield Iterate(step, of, size, shown, losses, done / work, seconds, state)


def _step(down: torch.optim.Optimizer, x: Tensor, objective: Objective, rate: float) -> dict[str, float]:
    losses: dict[str, Tensor] = {}

    def closure() -> float:
        down.zero_grad()
        losses.update(objective.losses(channels_last(x)))
        losses["total"].backward()
        return losses["total"].item()

    if isinstance(down, torch.optim.Adam):
        down.param_groups[0]["lr"] = rate
    before = x.detach().clone()
    down.step(closure)
    with torch.no_grad():
        if isinstance(down, torch.optim.LBFGS):
            moved = x - before
            x.copy_(before + moved * min(1.0, FARTHEST / moved.square().mean().sqrt().clamp_min(1e-8).item()))
        x.clamp_(0, 1)
    return numbers(losses)


def numbers(losses: Mapping[str, Tensor]) -> dict[str, float]:
    """Losses as plain numbers."""
    return dict(zip(losses, torch.stack([loss.detach() for loss in losses.values()]).tolist(), strict=True))


def _snapshot(
    x: Tensor,
    down: torch.optim.Optimizer,
    rungs: Rungs,
    step: int,
    seconds: float,
    about: Callable[[], Mapping[str, Any]],
) -> Callable[[], bytes]:
    def state() -> bytes:
        moments = {name: down.state[x][name] for name in MOMENTS} if isinstance(down, torch.optim.Adam) else {}
        return Snapshot(x, moments, rungs, step, seconds, about()).write()

    return state
