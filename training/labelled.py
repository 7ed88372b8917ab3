"""Pictures with boxes to learn from, decoded one by one when they are asked for.

A source is a sequence: its length is known at once, a picture is read when it is asked for, and a slice of it is a
source again, so that a share can be held out. Annotations speak of the pixels as they are stored, so pictures that
have them are never turned; photographs without any are turned upright. Invariant: every box lies within its picture
and has an area.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import ArrayLike
from PIL import Image, ImageOps

from app.algorithms.vision.detection.classes import COCO
from training import pictures


@dataclass(frozen=True)
class Labelled:
    """One picture and what is in it."""

    picture: np.ndarray  # (h, w, 3) uint8
    boxes: np.ndarray  # (n, 4) float32, x0 y0 x1 y1 in pixels
    labels: np.ndarray  # (n) int64, places in the source's classes
    difficult: np.ndarray  # (n) bool: crowds and objects that are not asked for


class Source(Sequence[Labelled]):
    """The pictures that `read` gives for 0…count-1, and the names of their classes."""

    def __init__(self, classes: Sequence[str], places: Sequence[int], read: Callable[[int], Labelled]) -> None:
        self.classes = tuple(classes)
        self._places, self._read = places, read

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Labelled: ...
    @overload
    def __getitem__(self, index: slice) -> "Source": ...
    def __getitem__(self, index: int | slice) -> "Labelled | Source":
        if isinstance(index, slice):
            return Source(self.classes, self._places[index], self._read)
        return self._read(self._places[index])


def yolo_folder(images: Path, labels: Path, classes: Sequence[str] = COCO) -> Source:
    """Pictures with a text file each, `class cx cy w h` a line, centre and size as shares of the picture.

    A picture without a file has nothing in it. ValueError where there is no picture and, when it is read, where a
    picture or a line is broken.
    """
    found = pictures.paths(images)

    def read(index: int) -> Labelled:
        picture = stored(found[index])
        file = labels / found[index].relative_to(images).with_suffix(".txt")
        rows = _rows(file, len(classes)) if file.exists() else np.empty((0, 5))
        centres, sides = rows[:, 1:3], rows[:, 3:5]
        h, w = picture.shape[:2]
        boxes = np.concatenate([centres - sides / 2, centres + sides / 2], 1) * (w, h, w, h)
        return labelled(picture, boxes, rows[:, 0], np.zeros(len(rows)))

    return Source(classes, range(len(found)), read)


def folder(path: Path, classes: Sequence[str] = COCO) -> Source:
    """Photographs without boxes, turned upright, for a teacher to label; ValueError as in `yolo_folder`."""
    found = pictures.paths(path)

    def read(index: int) -> Labelled:
        with _decoding(found[index]), Image.open(found[index]) as image:
            picture = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
        return labelled(picture, (), (), ())

    return Source(classes, range(len(found)), read)


def stored(path: Path) -> np.ndarray:
    """The picture's pixels as they are stored, whatever its orientation says: (h, w, 3) uint8; ValueError if broken."""
    with _decoding(path), Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def labelled(picture: np.ndarray, boxes: ArrayLike, labels: ArrayLike, difficult: ArrayLike) -> Labelled:
    """Boxes (n, 4) cut off at the picture's edges, labels (n), difficult (n), without the boxes that are empty then."""
    h, w = picture.shape[:2]
    clipped = np.asarray(boxes, np.float32).reshape(-1, 4).clip(0, np.array((w, h, w, h), np.float32))
    full = (clipped[:, 2:] > clipped[:, :2]).all(1)
    return Labelled(
        picture, clipped[full], np.asarray(labels, np.int64)[full], np.asarray(difficult, np.float32)[full] > 0
    )


@contextmanager
def _decoding(path: Path) -> Iterator[None]:
    try:
        yield
    # Pillow answers broken files with OSError, ValueError and SyntaxError.
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"{path} is no picture that can be read.") from error


def _rows(file: Path, classes: int) -> np.ndarray:
    return np.array([_row(file, line, classes) for line in file.read_text().splitlines() if line.strip()]).reshape(
        -1, 5
    )


def _row(file: Path, line: str, classes: int) -> list[float]:
    try:
        label, *shares = (float(word) for word in line.split())
    except ValueError as error:
        raise ValueError(f"“{line}” in {file} is not made of numbers.") from error
    if len(shares) != 4 or not np.isfinite(shares).all():
        raise ValueError(f"“{line}” in {file} is no class and box: class cx cy w h.")
    if label not in range(classes):
        raise ValueError(f"“{line}” in {file} has a class that is not among the {classes} there are, 0…{classes - 1}.")
    return [label, *shares]
