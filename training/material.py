"""What the detector learns from: the training material, or a user's own Pascal VOC, COCO and photographs.

Of the material's coco128 a third is learned from with its true boxes, a third steers (curves are looked at on it), and
a third is looked at once, for the figure in the model card.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import DOWNLOADED
from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.detection.loss import Objects
from app.algorithms.vision.pretrained import load_torchvision
from training.batches import Teacher
from training.datasets import coco, pascal_voc
from training.detector_teacher import DetectorTeacher, TorchvisionTeacher
from training.labelled import Source, folder, yolo_folder
from training.mosaics import Share
from training.yolox import Yolox

LABELLED = (
    0.03  # share of the drawn pictures that come with true boxes; there are few, and at 0.12 it knew them by heart
)
TEACHERS = ("yolox", "ssdlite320", "ssd300", "none")


@dataclass(frozen=True)
class Material:
    """Pictures to draw from, the names of their classes, and who labels those that came without boxes."""

    shares: Sequence[Share]
    classes: tuple[str, ...]
    teacher: Teacher | None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options that say what to learn from."""
    parser.add_argument("--data", type=Path, default=Path("../shared/ml"), help="photos, coco128, teachers.py")
    parser.add_argument("--voc", nargs=3, metavar=("ROOT", "YEAR", "SPLIT"), help="learn from Pascal VOC instead")
    parser.add_argument("--coco", nargs=2, metavar=("FOLDER", "JSON"), help="learn from COCO instead")
    parser.add_argument("--photos", type=Path, help="a folder of photographs beside these, labelled by the teacher")
    parser.add_argument("--teacher", choices=TEACHERS, help="who labels photographs; yolox, which --data holds")
    parser.add_argument("--models", type=Path, default=DOWNLOADED, help="folder of torchvision's files")


def material(arguments: argparse.Namespace, device: torch.device) -> Material:
    """What the options ask for; ValueError where a folder, a file or a teacher's weights are not there."""
    own = _own(arguments)
    teacher = _teacher(arguments, device, own.classes if own else COCO)
    if own is None:
        return Material(shares(arguments.data), COCO, teacher)
    given = [Share(own, 1, known=True)]
    photographs = [Share(folder(arguments.photos, own.classes), 1, known=False)] if arguments.photos else []
    return Material(given + photographs, own.classes, teacher if photographs else None)


def shares(data: Path) -> list[Share]:
    """Photographs for the teacher to label, and the learned third of coco128."""
    return [
        Share(folder(data / "photos"), 1 - LABELLED, known=False),
        Share(coco128(data)[::3], LABELLED, known=True),
    ]


def steering(data: Path) -> Source:
    """The third of coco128 on which a run is watched."""
    return coco128(data)[1::3]


def kept_apart(data: Path) -> Source:
    """The third of coco128 that nothing was decided by."""
    return coco128(data)[2::3]


def coco128(data: Path) -> Source:
    """All 128 pictures with their boxes."""
    return yolo_folder(data / "coco128" / "images", data / "coco128" / "labels")


def batched(teacher: DetectorTeacher) -> Teacher:
    """A teacher of single pictures as one of batches (n, 3, h, w) in 0…1."""

    def objects(picture: Tensor) -> Objects:
        boxes, scores = teacher((picture * 255).round().byte().permute(1, 2, 0).cpu().numpy())
        where, what = (torch.from_numpy(part).to(picture.device) for part in (boxes, scores))
        return Objects(where, what, torch.ones(len(boxes), dtype=torch.bool, device=picture.device))

    return lambda x: [objects(picture) for picture in x]


def _own(arguments: argparse.Namespace) -> Source | None:
    if arguments.voc:
        root, year, split = arguments.voc
        return pascal_voc(Path(root), year, split)
    if arguments.coco:
        pictures, annotations = map(Path, arguments.coco)
        return coco(pictures, annotations)
    return None


def _teacher(arguments: argparse.Namespace, device: torch.device, classes: tuple[str, ...]) -> Teacher | None:
    # Who gives boxes of their own and no photographs beside them has nothing to ask a teacher.
    name = arguments.teacher or ("none" if (arguments.voc or arguments.coco) and not arguments.photos else "yolox")
    if name == "none":
        return None
    if name == "yolox":
        if classes != COCO:
            raise ValueError("YOLOX-Nano knows COCO's classes only: name another teacher, or none.")
        return Yolox(arguments.data, device, devices.precision(device))
    pretrained = load_torchvision(name, device, arguments.models)
    return batched(TorchvisionTeacher(pretrained.network, pretrained.classes, classes))
