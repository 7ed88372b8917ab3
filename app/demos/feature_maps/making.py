"""What is made ahead of a run, once: a sheet for each layer, atlases, and every combination of five switches.

A file that is there is left as it is, so that whoever was stopped can go on; the same code makes the same files.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.algorithms.vision import devices
from app.algorithms.vision.feature_maps.crops import best, crops
from app.algorithms.vision.feature_maps.layers import SHIPPED, Layer, address, layers
from app.algorithms.vision.feature_maps.seen import Seen, see
from app.algorithms.vision.feature_maps.survey import Findings, survey
from app.demos.feature_maps import atlases, combinations, gallery, portraits, sheets
from app.demos.networks import folder
from app.errors import AppError

# Of these layers, what a network that learned nothing makes of the same is drawn too.
UNTRAINED = ("style-encoder/relu2_1", "style-encoder/relu3_1", "detector/level3")
CROPS = 1000  # of the gallery, with the best of which a drawing is compared


@dataclass(frozen=True)
class Task:
    """A file that is to be there, and what writes it and says how many bytes it took."""

    file: Path
    layer: str
    make: Callable[[], int]


def make_all(*, network: str | None, layer: str | None, again: bool) -> Iterator[str]:
    """Make what is missing, or all of it `again`, of one network or one layer where they are named; a line a file.

    AppError where there is no such network or layer, or where a network's weights are missing.
    """
    for task in [task for name in _named(network, layer) for task in _tasks(name) if layer in (None, task.layer)]:
        told = f"{task.file.parent.name}/{task.file.name}"
        if task.file.exists() and not again:
            yield f"{told} is there."
            continue
        began = time.perf_counter()
        size = task.make()
        yield f"{told}: {size / 1000:.0f} kB in {time.perf_counter() - began:.1f} s"


def _named(network: str | None, layer: str | None) -> list[str]:
    """The networks of which something is wanted."""
    try:
        names = [network] if network else list(SHIPPED)
        for name in names:
            _seen(name)
    except ValueError as wrong:
        raise AppError(str(wrong)) from None
    known = [name for name in names if layer is None or layer in layers(name)]
    if not known:
        raise AppError(f"There is no layer “{layer}”; there are {', '.join(one for n in names for one in layers(n))}.")
    return known


def _tasks(network: str) -> Iterator[Task]:
    seen, surveyed = _seen(network), Surveyed(network)
    for layer in layers(network).values():
        file = sheets.folder(network) / f"{layer.name}.json"
        yield Task(file, layer.name, partial(_portraits, seen, layer, surveyed))
    for name in _of(network, UNTRAINED):
        file = sheets.folder(network) / f"{name}.untrained.webp"
        yield Task(file, name, partial(portraits.make_untrained, _seen(network, untrained=True), seen.layers[name]))
    for name in _of(network, atlases.CHARTED):
        file = atlases.FOLDER / f"{network}-{name}.json"
        yield Task(file, name, partial(_atlas, seen, name))
    for channel in [channel for channel in combinations.CHANNELS if address(channel).network == network]:
        file = combinations.FOLDER / f"{channel.replace('/', '-')}.json"
        yield Task(file, address(channel).layer, partial(combinations.make, seen, channel))


def _portraits(seen: Seen, layer: Layer, surveyed: Surveyed) -> int:
    return portraits.make(seen, layer, surveyed.findings[layer.name], surveyed.best[layer.name].tolist())


def _atlas(seen: Seen, layer: str) -> int:
    return atlases.make(seen, layer, _photographs())


class Surveyed:
    """What the gallery tells of a network, found out when it is first asked for: it takes a minute or two."""

    def __init__(self, network: str) -> None:
        self.network = network

    @cached_property
    def findings(self) -> dict[str, Findings]:
        return survey(_seen(self.network), _photographs(), size=gallery.SEEN)

    @cached_property
    def best(self) -> Mapping[str, NDArray[np.float32]]:
        return best(_seen(self.network), crops([image for _, image in _photographs()], CROPS))


def _of(network: str, addresses: tuple[str, ...]) -> list[str]:
    """The layers of this network among `network/layer`."""
    pairs = [text.split("/") for text in addresses]
    return [layer for name, layer in pairs if name == network]


def _photographs() -> list[tuple[str, Image.Image]]:
    found = []
    for name, file in gallery.shelf().names.items():
        with Image.open(file) as image:
            found.append((name, image.convert("RGB")))
    return found


def _seen(network: str, *, untrained: bool = False) -> Seen:
    return see(network, devices.pick(None), untrained=untrained, models=folder())
