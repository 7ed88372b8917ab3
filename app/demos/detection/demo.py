"""Object detection: what the bench asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.demos.base import Choice, Demo, Number, Photo, Picture, Shelf, asks

HERE = Path(__file__).parent
EXAMPLES = {
    "contact-sheet": "Four photographs on one sheet",
    "coffee": "Coffee",
    "cat": "Cat",
    "astronaut": "Astronaut",
    "photographer": "Photographer",
    "temple": "Temple",
}
FAILURES = {
    "flower": "A flower",
    "queue": "A queue of eight",
    "twins": "Two people, nearly one",
    "upside-down": "A cup upside down",
    "close-up": "A cat too close",
}
STAGES = {
    "presence": "What is in it",
    "largest": "Where the largest is",
    "sixteen": "16 anchors",
    "all": "All anchors",
}
SUPPRESSIONS = {"classes": "within each class", "all": "across classes", "soft": "soft, Gaussian"}
SHELVES = (
    Shelf(HERE / "examples", captions=EXAMPLES),
    Shelf(HERE / "failures", "Where it fails", captions=FAILURES),
)
SIZES = {"320": "320 px", "480": "480 px", "640": "640 px"}


@dataclass(frozen=True)
class Inputs:
    photo: Photo = asks(Picture("Photograph", shelf=SHELVES))
    stage: str = asks(Choice("Question", STAGES), "all")
    threshold: float = asks(
        Number("Score above", 0.05, 0.95, 0.01, help="Boxes less sure than this are left out."), 0.3
    )
    overlap: float = asks(
        Number("Overlap", 0.05, 1, 0.01, help="Two boxes that share more than this (IoU) count as one object."), 0.6
    )
    suppression: str = asks(
        Choice("Suppression", SUPPRESSIONS, help="Soft lowers scores; the overlap is its width."), "classes"
    )
    most: int = asks(Number("Most boxes", 1, 100), 100)
    smallest: int = asks(Number("Smallest", 0, 50, unit="%", help="Longer side, of the picture's."), 0)
    size: str = asks(Choice("Seen at", SIZES, help="Larger finds smaller things, and takes longer."), "480")


def work(inputs: Inputs) -> float:
    """Time grows with the pixels that the network sees."""
    return (int(inputs.size) / 480) ** 2


DEMO = Demo(
    title="Object detection",
    summary="What is in your photograph, and where: four answers, from one class to thousands of anchors.",
    inputs=Inputs,
    work=work,
)
