"""Checkpoints: everything a run needs to go on as if it had never stopped."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import torch


def save(file: Path, state: dict[str, Any], random: np.random.Generator | None = None) -> None:
    """Written beside and moved into place, so that a run killed meanwhile keeps its last checkpoint."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".half")
    torch.save({**state, "random": random.bit_generator.state if random else None}, half)
    os.replace(half, file)


def load(file: Path, random: np.random.Generator | None = None) -> dict[str, Any] | None:
    """The state that was saved, with the random generator set back; None where there is no checkpoint."""
    if not file.exists():
        return None
    state: dict[str, Any] = torch.load(file, weights_only=True)
    drawn = state.pop("random")
    if random is not None:
        random.bit_generator.state = drawn
    return state
