"""Object detection: the run. One pass of the detector and one of the stages before it give all four answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.detection.anchors import anchors, grids
from app.algorithms.vision.detection.decode import Candidates, candidates, suppress
from app.algorithms.vision.detection.detector import Answers, Detector, named
from app.algorithms.vision.detection.loss import FAINT
from app.algorithms.vision.detection.stages import SIZE, StagedDetector, Staging
from app.algorithms.vision.networks.detector import logit
from app.algorithms.vision.networks.stages import sixteen_anchors
from app.demos.base import Update
from app.demos.detection import arrays
from app.demos.detection.demo import Inputs
from app.demos.detection.drawing import annotated


def warm_up() -> None:
    """Both networks are read and have seen a picture before a reader waits for them."""
    grey = Image.new("RGB", (64, 48), "grey")
    Detector.load().raw(grey)
    StagedDetector.load().look(grey)


def run(inputs: Inputs) -> Iterator[Update]:
    image = inputs.photo.image
    detector = Detector.load()
    answers, staged = detector.raw(image, size=int(inputs.size)), StagedDetector.load().look(image)
    sixteen = _candidates(sixteen_anchors(SIZE), *staged.answers)
    every = _candidates(anchors(*answers.size), answers.offsets, answers.logits)
    data = _about(image, answers, staged, detector.classes) | {
        "stage": inputs.stage,
        "sixteen": _kept(sixteen, inputs, detector.classes, image, SIZE, staged.scale),
        "objects": _kept(every, inputs, detector.classes, image, int(inputs.size), answers.scale),
        "candidates": len(every.scores),
        "above": int((every.scores > torch.tensor(inputs.threshold)).sum()),
    }
    files = {"candidates": _file(every), "sixteen": _file(sixteen), "head": _head(answers, staged)}
    held = {name: file for name, file in files.items() if file}  # of a picture with nothing in it an array may be empty
    yield Update(1.0, data, {"result": annotated(image, inputs.stage, data)}, held)


def _candidates(standing: Tensor, offsets: Tensor, logits: Tensor) -> Candidates:
    """On the processor, whatever the network ran on: the browser's arithmetic is the processor's."""
    return candidates(standing.cpu(), offsets.cpu(), logits.cpu())


def _about(image: Image.Image, answers: Answers, staged: Staging, classes: tuple[str, ...]) -> dict[str, Any]:
    """What does not depend on how the answers are decoded."""
    return {
        "width": image.width,
        "height": image.height,
        "classes": list(classes),
        "presence": sorted(map(list, staged.presence.items()), key=lambda pair: -pair[1]),
        "largest": asdict(staged.largest),
        "seen": list(answers.size),
        "side": max(answers.size),
        "scale": answers.scale,
        "square": SIZE,
        "square_scale": staged.scale,
        "grids": [asdict(grid) for grid in grids(*answers.size)],
    }


def _kept(
    found: Candidates, inputs: Inputs, classes: tuple[str, ...], image: Image.Image, side: int, scale: float
) -> list[dict[str, Any]]:
    """The objects as the sliders would have them; `side` is the picture's longer one in pixels that the network saw."""
    kept, scores = suppress(
        found,
        threshold=inputs.threshold,
        overlap=inputs.overlap,
        most=inputs.most,
        suppression=inputs.suppression,
        smallest=inputs.smallest / 100 * side,
    )
    return [asdict(seen) for seen in named((found.boxes[kept], scores, found.labels[kept]), classes, image.size, scale)]


def _file(found: Candidates) -> bytes:
    boxes, scores, labels, anchor, logits = (column.numpy() for column in found)
    return arrays.candidates(boxes, scores, logits, anchor, labels)


def _head(answers: Answers, staged: Staging) -> bytes:
    sixteen = torch.cat(staged.answers, 1).cpu().numpy()
    return arrays.head(sixteen, answers.offsets.cpu().numpy(), answers.logits.cpu().numpy(), logit(FAINT))
