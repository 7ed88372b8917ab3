"""Teachers of detectors: what a network that knows COCO sees in a photograph that nobody labelled.

A teacher is any callable of the shape below; here are torchvision's detectors, from a file that was fetched before.
The material's YOLOX-Nano, which looks at whole batches, is in `yolox.py`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from pickle import UnpicklingError
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.detection.classes import COCO, VOC_NAMES

from torchvision.models import get_model, get_model_weights  # isort: skip

FAINTEST = 0.05


class Seen(NamedTuple):
    """What a teacher sees in one picture: boxes x0 y0 x1 y1 in pixels, and of each a score in 0…1 for every class."""

    boxes: np.ndarray  # (n, 4) float32
    scores: np.ndarray  # (n, classes) float32


DetectorTeacher = Callable[[np.ndarray], Seen]  # a picture (h, w, 3) uint8


class TorchvisionTeacher:
    """One of torchvision's detectors. It names one class a box, so the scores of all others are zero.

    `categories` are the names of the network's labels: of COCO's 91 numbers eleven name nothing that is in use, and
    what it calls by them, or what is not among `classes`, is not passed on.
    """

    def __init__(self, network: nn.Module, categories: Sequence[str], classes: Sequence[str] = COCO) -> None:
        self.network = network.eval().requires_grad_(False)
        self.classes = tuple(classes)
        self._places = np.array([_place(name, self.classes) for name in categories])
        if (self._places < 0).all():
            raise ValueError(f"This network names none of the {len(classes)} classes.")

    @torch.no_grad()
    def __call__(self, picture: np.ndarray) -> Seen:
        device = next(self.network.parameters()).device
        x = torch.from_numpy(np.ascontiguousarray(picture)).permute(2, 0, 1).float() / 255  # (3, h, w)
        (found,) = self.network([x.to(device)])
        boxes, scores, labels = (found[name].float().cpu().numpy() for name in ("boxes", "scores", "labels"))
        places = self._places[labels.astype(np.int64)]
        named = (places >= 0) & (scores >= FAINTEST)
        return Seen(boxes[named], _rows(places[named], scores[named], len(self.classes)))


def from_file(name: str, file: Path, device: torch.device) -> TorchvisionTeacher:
    """torchvision's detector of this name, such as ssd300_vgg16, with the weights of a file saved for it.

    ValueError where torchvision has no such detector for COCO or the file is none for it.
    """
    try:
        categories = next(iter(get_model_weights(name))).meta["categories"]
        network: nn.Module = get_model(name, weights=None, weights_backbone=None, num_classes=len(categories))
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"torchvision has no detector “{name}” that was trained on COCO.") from error
    try:
        network.load_state_dict(torch.load(file, map_location="cpu", weights_only=True))
    # A damaged file ends in any of these, one that belongs to another network in a RuntimeError.
    except (OSError, RuntimeError, EOFError, ValueError, TypeError, LookupError, UnpicklingError) as error:
        raise ValueError(f"{file} does not hold the weights of {name}.") from error
    return TorchvisionTeacher(network.to(device), categories)


def _place(name: str, classes: tuple[str, ...]) -> int:
    """The label of COCO's name among these classes, which may have VOC's word for it; -1 where it is not there."""
    word = name if name in classes else VOC_NAMES.get(name)
    return classes.index(word) if word in classes else -1


def _rows(places: np.ndarray, scores: np.ndarray, classes: int) -> np.ndarray:
    rows = np.zeros((len(places), classes), np.float32)
    rows[np.arange(len(places)), places] = scores
    return rows
