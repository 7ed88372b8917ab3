"""Coarse to fine: the sizes a picture is optimised at, and how it climbs from one to the next.

Idea: most steps run on a small picture, where they are cheap and a brush stroke spans more of it.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from app.algorithms.vision.pixels import channels_last, resized

SMALLEST = 128
RATE = 0.04
GENTLE = 0.03
RISING = 0.125
BETAS = (0.9, 0.99)
HISTORY = 10

Rungs = list[tuple[int, int]]  # longest side in pixels, steps


def ladder(size: int, steps: int, smallest: int = SMALLEST) -> Rungs:
    """Rungs (longest side, steps) from coarse to fine, each √2 larger; coarse ones get more of the steps."""
    count = max(1, 1 + math.floor(2 * math.log2(max(1.0, size / smallest)) + 1e-9))
    sizes = [round(size / math.sqrt(2) ** rung) for rung in reversed(range(count))]
    shares = [1.35**rung for rung in reversed(range(count))]
    begins = [int(steps * sum(shares[:rung]) / sum(shares)) for rung in range(count)]
    ends = [*begins[1:], steps]
    return [(rung, end - begin) for rung, begin, end in zip(sizes, begins, ends, strict=True) if end > begin]


def start(
    x: Tensor, optimiser: str = "adam", moments: dict[str, Tensor] | None = None
) -> tuple[Tensor, torch.optim.Optimizer]:
    """The picture as a leaf of its own, and what changes it: adam, with the moments of an earlier one, or lbfgs.

    Every `step` of either looks at the gradient once: that is all L-BFGS is given, so it takes its direction on trust
    (no line search), as most of Gatys' followers do.
    """
    if optimiser == "lbfgs":
        x = x.detach().clone(memory_format=torch.contiguous_format).requires_grad_()
        return x, torch.optim.LBFGS([x], max_iter=1, history_size=HISTORY)
    x = channels_last(x.detach().clone()).requires_grad_()
    adam = torch.optim.Adam([x], lr=RATE, betas=BETAS, fused=True)
    if moments:
        adam.state[x] = moments
    return x, adam


def climb(
    x: Tensor, optimiser: torch.optim.Optimizer, shape: torch.Size, enlarge: Callable[[Tensor, torch.Size], Tensor]
) -> tuple[Tensor, torch.optim.Optimizer]:
    """The picture on the next rung, (h, w) of `shape`, as `enlarge` makes it, and its optimiser.

    Adam's moments are resized with the picture, so that no momentum is lost (Crowson, 2022); the history of L-BFGS
    is of steps that no longer exist, and begins anew.
    """
    if x.shape[-2:] == shape:
        return x, optimiser
    larger = enlarge(x.detach(), shape).clamp(0, 1)
    if isinstance(optimiser, torch.optim.LBFGS):
        return start(larger, "lbfgs")
    if not (state := optimiser.state.get(x)):
        return start(larger)
    first, second = (resized(state[name], shape) for name in ("exp_avg", "exp_avg_sq"))
    return start(larger, moments={"step": state["step"], "exp_avg": first, "exp_avg_sq": second.clamp_min(0)})


def usual(progress: float) -> float:
    """The learning rate at this share of the steps."""
    # The last fifth calms down: a constant rate leaves its own noise in the picture.
    return RATE * min(1.0, 0.1 + (1 - progress) / 0.2)


def gentle(progress: float) -> float:
    """The learning rate where the picture is painted already: Adam's first steps, all alike, would undo some of it."""
    return GENTLE / RATE * min(1.0, progress / RISING) * usual(progress)
