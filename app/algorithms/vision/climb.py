"""What changes a picture, Adam or L-BFGS, and how both go on where it is made larger."""

from collections.abc import Callable

import torch
from torch import Tensor

from app.algorithms.vision.pixels import channels_last, resized

BETAS = (0.9, 0.99)
HISTORY = 10


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
    adam = torch.optim.Adam([x], betas=BETAS, fused=True)
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
