"""A new demo: a folder with demo.py and run.py that works at once, and is there to be changed.

It is the logistic map, x ← r·x·(1 − x), of which May (1976) wrote that such simple rules belong into every course.
"""

from __future__ import annotations

from pathlib import Path

from app.demos.folders import HERE, NAME, TAKEN
from app.errors import AppError

FILES = {
    "demo.py": """\
from dataclasses import dataclass

from app.demos.base import Choice, Demo, Image, Number, Plot, Toggle, asks


@dataclass(frozen=True)
class Inputs:
    rate: float = asks(Number("Growth rate", 2.8, 4, 0.01, help="Chaos begins near 3.57."), 3.7)
    start: str = asks(Choice("First generation", {"0.1": "A few", "0.5": "Half full"}), "0.1")
    early: bool = asks(Toggle("Early generations"), False)


SHOWN = (Image("result", "Where it ends, by growth rate"), Plot("crowd", "At your rate, the first 60 generations"))
DEMO = Demo("TITLE", "A population that eats what it lives on: order, then chaos.", Inputs, outputs=SHOWN)
""",
    "run.py": """\
import numpy as np
from PIL import Image

from app.demos.base import Update


def run(inputs):
    rates, x = np.append(np.linspace(2.8, 4, 900), inputs.rate), np.full(901, float(inputs.start))
    sheet, crowd = np.full((600, 900, 3), 255.0), []
    for generation in range(1, 401):
        x = rates * x * (1 - x)
        crowd.append(float(x[-1]))
        if inputs.early or generation > 100:
            sheet[(599 * (1 - x[:-1])).astype(int), range(900)] *= (0.6, 0.7, 0.85)
        if generation % 10 == 0:
            yield Update(generation / 400, {"crowd": crowd[:60]}, {"result": Image.fromarray(np.uint8(sheet))})
""",
}

LINES = sum(len(text.splitlines()) for text in FILES.values())


def write(name: str, parent: Path) -> Path:
    """A new folder in `parent` with a demo of this name. Raises AppError with a sentence."""
    folder = parent / name.replace("-", "_")
    if not NAME.fullmatch(name) or name in TAKEN:
        raise AppError(f"“{name}” cannot be a demo's name. Small letters, digits and dashes can: coin-toss.")
    if folder.exists():
        raise AppError(f"{folder} is there already. Choose another name, or remove it first.")
    if (HERE / folder.name).exists():
        raise AppError(f"There is a demo named “{name}” in the project itself. Choose another name.")
    folder.mkdir(parents=True)
    title = name.replace("_", "-").replace("-", " ").capitalize()
    for file, text in FILES.items():
        (folder / file).write_text(text.replace("TITLE", title))
    return folder
