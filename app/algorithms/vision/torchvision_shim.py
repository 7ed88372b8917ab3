"""Lets torchvision be imported where its compiled operators do not load, as beside a CPU-only torch from another build.

There a bare `import torchvision` ends with "operator torchvision::nms does not exist". This module is imported before
torchvision anywhere: only where that import fails, it declares the two operators torchvision asks for, gives `nms` an
implementation for the processor, and imports again. Where the real operators load it leaves everything alone.
`torchvision.models` and `transforms.v2` work then; `torchvision.io` and `deform_conv2d` do not.
"""

import sys

import torch
from torch import Tensor

DECLARATIONS = tuple(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor" for name in ("nms", "qnms"))


def nms(boxes: Tensor, scores: Tensor, threshold: float) -> Tensor:
    """Indices of the boxes kept, best first; each drops those that overlap it by more than `threshold`.

    boxes (n, 4) as x0 y0 x1 y1, scores (n), result int64 (kept). Greedy non-maximum suppression.
    """
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1)  # (n)
    order, kept = scores.argsort(descending=True, stable=True), []
    while len(order):
        best, rest = order[0], order[1:]
        kept.append(best)
        corner, end = torch.maximum(boxes[best, :2], boxes[rest, :2]), torch.minimum(boxes[best, 2:], boxes[rest, 2:])
        shared = (end - corner).clamp_min(0).prod(1)  # (rest)
        order = rest[~(shared / (areas[best] + areas[rest] - shared) > threshold)]
    return torch.stack(kept) if kept else torch.empty(0, dtype=torch.int64, device=boxes.device)


def install() -> torch.library.Library | None:
    """Make torchvision importable; the library that holds the operators, or None where the real ones load."""
    try:
        import torchvision  # noqa: F401
    except RuntimeError as error:
        if "torchvision::nms" not in str(error):
            raise
        return _declare()
    return None


def _declare() -> torch.library.Library:
    for module in [name for name in sys.modules if name.partition(".")[0] == "torchvision"]:
        del sys.modules[module]
    library = torch.library.Library("torchvision", "FRAGMENT")
    for declaration in DECLARATIONS:
        library.define(declaration)
    library.impl("nms", nms, "CPU")
    import torchvision.ops.boxes

    torchvision.ops.boxes._assert_has_ops = lambda: None
    return library


# The operators live as long as the library that declared them.
_library = install()
