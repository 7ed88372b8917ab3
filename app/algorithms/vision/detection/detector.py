"""The detector: a picture in, labelled boxes out, in pixels of that picture.

The picture is turned upright and made to fit the network's size; its short side is filled up with grey, so that
nothing is stretched. The boxes are brought back and cut off at its edges. Every machine computes in float32, those
too that could in bfloat16: with its eight bits scores move by up to 0.2, and each machine would find other things.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from safetensors import safe_open
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import Weights, checked, weights
from app.algorithms.vision.detection.anchors import PER_CELL, anchors
from app.algorithms.vision.detection.boxes import area, moved
from app.algorithms.vision.detection.decode import OVERLAP, decode
from app.algorithms.vision.networks.detector import STRIDES, SingleShot

SIZE, SIZES = 480, (64, 1280)
GREY = 114
ORIENTATION = 0x0112


@dataclass(frozen=True)
class Detection:
    """One object that was found."""

    label: str
    score: float  # 0…1
    box: tuple[float, float, float, float]  # x0 y0 x1 y1 in pixels of the upright picture


@dataclass(frozen=True)
class Answers:
    """What the network says of every anchor, in the order of `anchors`, with lengths in pixels of the picture."""

    anchors: Tensor  # (a, 4) corners, before they are moved
    boxes: Tensor  # (a, 4) corners, moved; not cut off at the picture's edges
    offsets: Tensor  # (a, 4)
    logits: Tensor  # (a, classes)
    size: tuple[int, int]  # height and width of what the network saw: `grids(*size)` are its grids
    scale: float  # pixels the network saw for one of the picture

    @property
    def scores(self) -> Tensor:
        """(a, classes) in 0…1."""
        return self.logits.sigmoid()


class Detector:
    """A network with the names of its classes, on one device."""

    def __init__(self, network: SingleShot, classes: tuple[str, ...], device: torch.device | None = None) -> None:
        self.network, self.classes = network.eval(), classes
        self.device = device or torch.device("cpu")

    @staticmethod
    def load(device: str | None = None) -> Detector:
        """The detector that ships, read once; ValueError where its file is wrong or the device cannot be had."""
        return _load(weights("detector"), devices.pick(device))

    def detect(
        self,
        image: Image.Image,
        *,
        threshold: float = 0.3,
        overlap: float = OVERLAP,
        size: int = SIZE,
        most: int = 100,
        suppression: str = "classes",
        smallest: float = 0.0,
    ) -> list[Detection]:
        """The objects whose score is above `threshold`, best first, at most `most`.

        Of two boxes of one class that overlap by more than `overlap` (IoU) the better stays; `decode.suppress` has
        other ways. `size` is the longest side that the network sees, in pixels; boxes shorter than the share `smallest`
        of it are left out. ValueError names an argument out of range.
        """
        for name, value in (("threshold", threshold), ("overlap", overlap)):
            if not 0 < value <= 1:
                raise ValueError(f"The {name} must be above 0 and at most 1, not {value}.")
        image = upright(image)
        offsets, logits, standing, scale = self._seen(image, size)
        found = decode(
            standing,
            offsets,
            logits,
            threshold=threshold,
            overlap=overlap,
            most=most,
            suppression=suppression,
            smallest=smallest * size,
        )
        return named(found, self.classes, image.size, scale)

    def raw(self, image: Image.Image, *, size: int = SIZE) -> Answers:
        """Every anchor's offsets and class scores, for whoever wants to see how the boxes come about."""
        image = upright(image)
        offsets, logits, standing, scale = self._seen(image, size)
        still = moved(standing, torch.zeros_like(offsets))
        boxes = moved(standing, offsets)
        return Answers(still / scale, boxes / scale, offsets, logits, _padded(image, size), scale)

    def _seen(self, image: Image.Image, size: int) -> tuple[Tensor, Tensor, Tensor, float]:
        """Offsets (a, 4), logits (a, classes), anchors (a, 4) as centres, and the scale of what the network saw."""
        x, scale = prepared(image, size)
        with torch.inference_mode():
            raw = self.network(x.to(self.device).float() / 255)
        standing = anchors(*x.shape[-2:]).to(self.device)
        return raw.offsets[0].float(), raw.logits[0].float(), standing, scale


def upright(image: Image.Image) -> Image.Image:
    """The picture as its EXIF orientation wants it to be seen; itself where it stands upright already."""
    return ImageOps.exif_transpose(image) if image.getexif().get(ORIENTATION, 1) != 1 else image


def prepared(image: Image.Image, size: int = SIZE, *, square: bool = False) -> tuple[Tensor, float]:
    """The picture as the network sees it, uint8 (1, 3, h, w), and the scale it was brought to.

    Both sides are filled up to the next multiple of the largest stride, or, if `square`, to the longer one's.
    """
    if not SIZES[0] <= size <= SIZES[1]:
        raise ValueError(f"The size must be between {SIZES[0]} and {SIZES[1]} pixels, not {size}.")
    scale = size / max(image.size)
    w, h = (max(1, round(side * scale)) for side in image.size)
    h_filled, w_filled = _padded(image, size)
    if square:
        h_filled = w_filled = max(h_filled, w_filled)
    paper = np.full((h_filled, w_filled, 3), GREY, np.uint8)
    paper[:h, :w] = np.asarray(image.convert("RGB").resize((w, h), Image.Resampling.BILINEAR))
    return torch.from_numpy(paper).permute(2, 0, 1).contiguous()[None], scale


def named(
    found: tuple[Tensor, Tensor, Tensor], classes: tuple[str, ...], size: tuple[int, int], scale: float
) -> list[Detection]:
    """Boxes, scores and labels as detections in a picture of this width and height, cut off at its edges.

    What lies wholly outside, in the grey that fills the network's picture up, is left out.
    """
    boxes, scores, labels = (part.float().cpu() for part in found)
    boxes = torch.minimum(boxes / scale, torch.tensor([*size, *size])).clamp_min(0)
    inside = area(boxes) > 0
    rows = zip(labels[inside].int().tolist(), scores[inside].tolist(), boxes[inside].tolist(), strict=True)
    return [Detection(classes[label], score, (x0, y0, x1, y1)) for label, score, (x0, y0, x1, y1) in rows]


def stored(file: Path) -> tuple[dict[str, Tensor], tuple[str, ...]]:
    """A file's weights in float32, and the names of the classes that they know."""
    with safe_open(file, "pt") as opened:
        weights = {name: opened.get_tensor(name).float() for name in opened.keys()}  # noqa: SIM118
        return weights, tuple(json.loads(opened.metadata()["classes"]))


def _padded(image: Image.Image, size: int) -> tuple[int, int]:
    """Height and width with both sides filled up to multiples of the largest stride."""
    coarsest = STRIDES[-1]
    w, h = (-(-max(1, round(side * size / max(image.size))) // coarsest) * coarsest for side in image.size)
    return h, w


@lru_cache(maxsize=2)
def _load(entry: Weights, device: torch.device) -> Detector:
    values, classes = stored(checked(entry))
    network = SingleShot(len(classes), PER_CELL)
    network.load_state_dict(values)
    network.requires_grad_(False).to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return Detector(network, classes, device)
