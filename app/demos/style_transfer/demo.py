"""Neural style transfer: what the bench asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.algorithms.vision.paintings import PAINTINGS
from app.demos.base import Choice, Demo, Number, Photo, Picture, Shelf, asks

HERE = Path(__file__).parent
STYLES = (
    Shelf(HERE / "paintings", "Paintings", {name: painting.caption for name, painting in PAINTINGS.items()}),
    Shelf(HERE / "styles", "Drawn by code"),
)
SIZES = {"256": "256 px", "384": "384 px", "512": "512 px"}


@dataclass(frozen=True)
class Inputs:
    content: Photo = asks(Picture("Photograph", shelf=HERE / "examples", help="Its shapes are kept."))
    style: Photo = asks(
        Picture("Style", shelf=STYLES, help="Its colours and brush strokes are taken."), "stained-glass"
    )
    size: str = asks(
        Choice("Size", SIZES, help="The longest side of the result; 512 px takes twice as long as 384."), "384"
    )
    steps: int = asks(Number("Steps", 20, 500, 10, help="More steps, more of the style."), 150)
    strength: float = asks(Number("Strength", 0, 1, 0.05, help="From the photograph to the style."), 0.5)
    seed: int = asks(Number("Seed", 0, 9999, help="The same seed gives the same picture."), 0)


def work(inputs: Inputs) -> float:
    """Time grows with the steps, and with the pixels of each."""
    return inputs.steps / 150 * (int(inputs.size) / 384) ** 2


DEMO = Demo(
    title="Style transfer",
    summary="Your photograph, painted in the style of another picture by Gatys' optimisation.",
    inputs=Inputs,
    work=work,
)
