"""Judges the detector and the stages before it: `python -m training.evaluate_detector`.

On the third of coco128 that nothing was decided by, and on the third that steered; neither was learned from. The
teacher stands beside them, and a checkpoint can be looked at while its run is going (`--checkpoint`).
"""

import argparse
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from app.algorithms.vision.detection.anchors import PER_CELL
from app.algorithms.vision.detection.boxes import iou
from app.algorithms.vision.detection.detector import Detection, Detector
from app.algorithms.vision.detection.stages import StagedDetector
from app.algorithms.vision.networks.detector import SingleShot
from training.average_precision import Found, Precision, Truth, average_precision
from training.detector import CHECKPOINT
from training.labelled import Labelled
from training.material import coco128, kept_apart, steering
from training.teacher import material

FAINTEST = 0.01  # COCO's curves run down to what is hardly seen
SHOWN = 0.3  # what a reader is shown, for the largest object

Detect = Callable[[Image.Image], Sequence[Detection]]
Guess = Callable[[Image.Image], Detection | None]


def precision(detect: Detect, pictures: Sequence[Labelled], classes: Sequence[str]) -> Precision:
    """COCO's average precision of a detector's boxes."""
    found = [_found(detect(Image.fromarray(each.picture)), classes) for each in pictures]
    return average_precision(found, [Truth(each.boxes, each.labels, each.difficult) for each in pictures])


def presence(scores: Callable[[Image.Image], np.ndarray], pictures: Sequence[Labelled]) -> float:
    """Average precision of “this class is in the picture”, mean over classes; `scores` gives one a class."""
    found, truth = [], []
    for each in pictures:
        seen, there = scores(Image.fromarray(each.picture)), np.unique(each.labels)
        # A class is a box as large as the picture: then the question is the one that average precision answers.
        found.append(Found(_whole(len(seen)), seen, np.arange(len(seen))))
        truth.append(Truth(_whole(len(there)), there))
    return average_precision(found, truth, 0.5).ap


def largest(guess: Guess, pictures: Sequence[Labelled], classes: Sequence[str]) -> tuple[float, float]:
    """Of the pictures with an object, the shares whose largest gets its class, and its class and an IoU over 0.5."""
    asked = [each for each in pictures if len(each.boxes)]
    named = placed = 0
    for each in asked:
        place = int((each.boxes[:, 2:] - each.boxes[:, :2]).prod(1).argmax())
        guessed = guess(Image.fromarray(each.picture))
        if guessed is not None and guessed.label == classes[each.labels[place]]:
            named += 1
            placed += iou(torch.tensor([guessed.box]), torch.from_numpy(each.boxes[place : place + 1])).item() > 0.5
    return named / len(asked), placed / len(asked)


def detections_of(teacher: Any, classes: Sequence[str]) -> Detect:
    """The material's YOLOX-Nano as a detector; overlaps are its own."""

    def detect(image: Image.Image) -> list[Detection]:
        rows = zip(*(part.tolist() for part in teacher.detect(image, FAINTEST)), strict=True)
        return [Detection(classes[label], score, (x0, y0, x1, y1)) for (x0, y0, x1, y1), score, label in rows]

    return detect


def table(detector: Detector, staged: StagedDetector, teacher: Any, data: Path) -> str:
    """All figures in Markdown, a row a network and set of pictures."""
    lines = [
        "| network | pictures | AP | AP50 | in it: AP | largest: class | … and box |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, source in {"kept apart": kept_apart(data), "steering": steering(data)}.items():
        pictures = list(source)
        taught = precision(detections_of(teacher, detector.classes), pictures, detector.classes)
        rows = {"all anchors": _row(detector, pictures), "the stages": _staged_row(staged, pictures)}
        rows["teacher"] = (taught.ap, taught.ap50, *[math.nan] * 3)
        lines += [f"| {row} | {name} ({len(pictures)}) | {_written(values)} |" for row, values in rows.items()]
    return "\n".join(lines)


def _written(values: Sequence[float]) -> str:
    return " | ".join("–" if math.isnan(value) else f"{value:.3f}" for value in values)


def _row(detector: Detector, pictures: Sequence[Labelled]) -> tuple[float, ...]:
    def surest(image: Image.Image) -> np.ndarray:
        scores: np.ndarray = detector.raw(image).scores.amax(0).numpy()
        return scores

    def most_of(image: Image.Image) -> Detection | None:
        return max(detector.detect(image, threshold=SHOWN), key=_area, default=None)

    found = precision(lambda image: detector.detect(image, threshold=FAINTEST), pictures, detector.classes)
    return found.ap, found.ap50, presence(surest, pictures), *largest(most_of, pictures, detector.classes)


def _staged_row(staged: StagedDetector, pictures: Sequence[Labelled]) -> tuple[float, ...]:
    sixteen = precision(lambda image: staged.look(image, threshold=FAINTEST).sixteen, pictures, staged.classes)
    scores = presence(lambda image: np.array(list(staged.look(image).presence.values())), pictures)
    return (
        sixteen.ap,
        sixteen.ap50,
        scores,
        *largest(lambda image: staged.look(image).largest, pictures, staged.classes),
    )


def _found(detections: Sequence[Detection], classes: Sequence[str]) -> Found:
    boxes = np.array([each.box for each in detections], np.float32).reshape(-1, 4)
    scores = np.array([each.score for each in detections])
    return Found(boxes, scores, np.array([classes.index(each.label) for each in detections], np.int64))


def _whole(count: int) -> np.ndarray:
    return np.tile(np.array([0, 0, 1, 1], np.float32), (count, 1))


def _area(each: Detection) -> float:
    x0, y0, x1, y1 = each.box
    return (x1 - x0) * (y1 - y0)


def _checkpoint(file: Path, classes: tuple[str, ...]) -> Detector:
    network = SingleShot(len(classes), PER_CELL)
    mean = torch.load(file, weights_only=True)["mean"]
    del mean["n_averaged"]
    network.load_state_dict({name.removeprefix("module."): value for name, value in mean.items()})
    return Detector(network, classes)


def main() -> None:
    parser = argparse.ArgumentParser(description="Judges the detector and the stages before it.")
    parser.add_argument("--data", type=Path, default=Path("../shared/ml"), help="coco128, teachers.py")
    parser.add_argument("--checkpoint", type=Path, help=f"judge a run's {CHECKPOINT}, on the steering third alone")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.checkpoint:
        detector = _checkpoint(arguments.checkpoint, coco128(arguments.data).classes)
        pictures = list(steering(arguments.data))
        found = precision(lambda image: detector.detect(image, threshold=FAINTEST), pictures, detector.classes)
        print(f"AP {found.ap:.3f}, AP50 {found.ap50:.3f} on {len(pictures)} pictures")
        return
    teacher = material(arguments.data).YoloxNano()
    print(table(Detector.load(), StagedDetector.load(), teacher, arguments.data))


if __name__ == "__main__":
    main()
