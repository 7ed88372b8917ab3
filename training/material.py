"""What the detector learns from in the training material, and what is kept from it.

coco128 is cut in three: a third is learned from with its true boxes, a third steers (curves are looked at on it), and
a third is looked at once, for the figure in the model card.
"""

from pathlib import Path

from training.labelled import Source, folder, yolo_folder
from training.mosaics import Share

LABELLED = 0.12  # share of the drawn pictures that come with true boxes; there are few, and they repeat


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
