"""A user's own Pascal VOC or COCO, in the folders that torchvision's datasets expect, as pictures with boxes.

Everingham et al., “The PASCAL Visual Object Classes Challenge” (2010); Lin et al., “Microsoft COCO” (2014). What one
calls difficult and the other a crowd is not asked for in either and becomes one flag.
"""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.detection.classes import VOC
from training.labelled import Labelled, Source, labelled, stored

from torchvision.datasets import CocoDetection, VOCDetection  # isort: skip


def pascal_voc(root: Path, year: str, split: str) -> Source:
    """`VOCdevkit/VOC<year>` below `root`, 20 classes; split is train, val, trainval or, for 2007, test.

    ValueError where the folders are not as expected and, when it is read, where a picture or its annotation is broken.
    """
    try:
        dataset = VOCDetection(root, year=year, image_set=split)
    except (RuntimeError, OSError, ValueError) as error:
        raise ValueError(f"There is no Pascal VOC {year} with a split {split} in {root}: {error}") from error

    def read(index: int) -> Labelled:
        file = Path(dataset.annotations[index])
        picture = stored(Path(dataset.images[index]))
        with _reading(file):
            objects = dataset[index][1]["annotation"]["object"]
            boxes = [_voc_box(seen["bndbox"]) for seen in objects]
            labels = [VOC.index(seen["name"]) for seen in objects]
            difficult = [int(seen.get("difficult", 0)) for seen in objects]
        return labelled(picture, boxes, labels, difficult)

    return Source(VOC, range(len(dataset)), read)


def coco(folder: Path, annotations: Path) -> Source:
    """The pictures in `folder` that COCO's file of annotations names; its categories in order of id are the classes.

    ValueError where the file is none and, when it is read, where a picture or one of its annotations is broken.
    """
    # Its reader reports on standard output what it is doing.
    with _reading(annotations), contextlib.redirect_stdout(io.StringIO()):
        dataset = CocoDetection(folder, str(annotations))
        names = {category: dataset.coco.cats[category]["name"] for category in sorted(dataset.coco.cats)}
        files = [dataset.coco.imgs[image]["file_name"] for image in dataset.ids]
    if not names or not files:
        raise ValueError(f"{annotations} lists no {'pictures' if names else 'categories'}.")
    labels = {category: label for label, category in enumerate(names)}

    def read(index: int) -> Labelled:
        picture = stored(folder / files[index])
        with _reading(annotations):
            objects = dataset.coco.imgToAnns[dataset.ids[index]]
            boxes = [_coco_box(seen["bbox"]) for seen in objects]
            classes = [labels[seen["category_id"]] for seen in objects]
            crowds = [int(seen.get("iscrowd", 0)) for seen in objects]
        return labelled(picture, boxes, classes, crowds)

    return Source(tuple(names.values()), range(len(files)), read)


@contextlib.contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    # Whatever is missing or of another kind in such a file surfaces as one of these.
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, AssertionError) as error:
        raise ValueError(f"{file} is not annotated as expected: {type(error).__name__}, {error}") from error


def _voc_box(bounds: dict[str, str]) -> list[float]:
    # Pascal counts pixels from one, and the last one belongs to the object.
    x0, y0, x1, y1 = _finite([float(bounds[side]) for side in ("xmin", "ymin", "xmax", "ymax")])
    return [x0 - 1, y0 - 1, x1, y1]


def _coco_box(box: Any) -> list[float]:
    x, y, w, h = _finite([float(side) for side in box])
    return [x, y, x + w, y + h]


def _finite(box: list[float]) -> list[float]:
    if not np.isfinite(box).all():
        raise ValueError(f"the box {box} is not finite")
    return box
