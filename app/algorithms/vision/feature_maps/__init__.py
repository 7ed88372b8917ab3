"""What a channel of a network answers to: its names, pictures that excite it, and methods of making them.

What loads torch is loaded when it is asked for, so that a demo may know layers and methods without it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from app.algorithms.vision.feature_maps.methods import METHODS as METHODS
from app.algorithms.vision.feature_maps.methods import Method as Method

if TYPE_CHECKING:
    from app.algorithms.vision.feature_maps.ascent import Iterate as Iterate
    from app.algorithms.vision.feature_maps.ascent import maximise as maximise
    from app.algorithms.vision.feature_maps.objectives import Channel as Channel
    from app.algorithms.vision.feature_maps.objectives import Direction as Direction
    from app.algorithms.vision.feature_maps.objectives import Diverse as Diverse
    from app.algorithms.vision.feature_maps.objectives import Neuron as Neuron
    from app.algorithms.vision.feature_maps.objectives import Weighted as Weighted

ROOMS = {
    "ascent": ("Iterate", "maximise"),
    "objectives": ("Channel", "Direction", "Diverse", "Neuron", "Weighted"),
}


def __getattr__(name: str) -> Any:
    for room, names in ROOMS.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{room}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
