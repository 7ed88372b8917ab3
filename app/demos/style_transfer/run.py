"""Neural style transfer: the run."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from app.algorithms.vision import styles
from app.algorithms.vision.paintings import PAINTINGS
from app.algorithms.vision.style_transfer import stylise
from app.demos.base import Update
from app.demos.networks import folder
from app.demos.style_transfer.demo import Inputs


def warm_up() -> None:
    """The weights are read and the first step is made before a reader waits for them."""
    grey = Image.new("RGB", (64, 64), "grey")
    list(stylise(grey, grey, size=64, steps=1))


def run(inputs: Inputs) -> Iterator[Update]:
    # The picture on the shelf of paintings is a swatch; what the painting itself measured serves better.
    listed = inputs.style.name if inputs.style.name in PAINTINGS else None
    iterates = stylise(
        inputs.content.image,
        styles.load(listed) if listed else inputs.style.image,
        size=int(inputs.size),
        steps=inputs.steps,
        strength=inputs.strength,
        seed=inputs.seed,
        models=folder(),
    )
    for iterate in iterates:
        losses = {name: float(f"{loss:.4g}") for name, loss in iterate.losses.items()}
        numbers = {"step": iterate.step, "of": iterate.of, "size": iterate.size, "losses": losses}
        yield Update(iterate.progress, numbers, {"result": iterate.picture})
