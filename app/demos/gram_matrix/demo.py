"""Gram matrices: what the bench asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.demos.base import Choice, Demo, Photo, Picture, asks

EXAMPLES = Path(__file__).parent / "examples"
LAYERS = {name: name for name in ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")}
NETWORKS = {"trained": "Trained", "random": "Random weights"}


@dataclass(frozen=True)
class Inputs:
    picture: Photo = asks(Picture("Picture", shelf=EXAMPLES, help="Its style is shown."), "stained-glass")
    beside: Photo | None = asks(Picture("Beside it", shelf=EXAMPLES, help="A second one, to compare."), optional=True)
    layer: str = asks(Choice("Layer", LAYERS, help="The deeper, the larger the patches it sees."), "relu2_1")
    network: str = asks(Choice("Network", NETWORKS, help="Even one that learned nothing has styles."), "trained")


def work(inputs: Inputs) -> float:
    """Time grows with the pictures; the layers above the first cost little."""
    return 2.0 if inputs.beside else 1.0


DEMO = Demo(
    title="Gram matrices",
    summary="The style of a picture as a table: which feature maps of a network fire together, cell by cell.",
    inputs=Inputs,
    work=work,
)
