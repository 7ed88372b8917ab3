"""The detector: what is in a picture, and where.

`anchors` stand ready, `boxes` are moved, `matching` says which anchor answers for which object, `loss` how wrong the
answers are, and `decode` turns answers into a short list; `detector` is all of it for one picture, and `stages` are the
steps on the way to it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.algorithms.vision.detection.detector import Answers, Detection, Detector

__all__ = ["Answers", "Detection", "Detector"]


def __getattr__(name: str) -> Any:
    # Read when they are wanted: who needs the names of the classes only need not load torch.
    if name in __all__:
        from app.algorithms.vision.detection import detector

        return getattr(detector, name)
    raise AttributeError(f"module {__name__} has no attribute {name}")
