"""The detector: what is in a picture, and where.

`anchors` stand ready, `boxes` are moved, `matching` says which anchor answers for which object, `loss` how wrong the
answers are, and `decode` turns answers into a short list; `detector` is all of it for one picture.
"""

from app.algorithms.vision.detection.detector import Answers, Detection, Detector

__all__ = ["Answers", "Detection", "Detector"]
