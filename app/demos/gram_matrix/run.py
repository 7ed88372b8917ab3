"""Gram matrices: the run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from PIL import Image

from app.algorithms.vision import devices
from app.algorithms.vision.encoders import encoder
from app.algorithms.vision.images import fit
from app.algorithms.vision.losses import gram
from app.algorithms.vision.pixels import tensor
from app.demos.base import Update
from app.demos.gram_matrix.demo import Inputs
from app.demos.gram_matrix.sheet import Rows, columns, heat, sheet, tile
from app.demos.networks import folder

SIZE = 256  # the longest side that the network sees
NETWORKS = {"trained": "style-encoder", "random": "random"}


@dataclass(frozen=True)
class Style:
    """One picture's features in one layer (c, h, w), and their Gram matrix (c, c)."""

    maps: Rows
    gram: Rows


def warm_up() -> None:
    """The weights are read before a reader waits for them."""
    _style(Image.new("RGB", (64, 64), "grey"), "relu1_1", "trained")


def run(inputs: Inputs) -> Iterator[Update]:
    own = _style(inputs.picture.image, inputs.layer, inputs.network)
    data = {"layer": inputs.layer, "channels": len(own.maps), **_described(own)}
    pictures = {"result": heat(own.gram), "maps": sheet(own.maps), "picture": fit(inputs.picture.image, SIZE)}
    files = {"gram": own.gram.tobytes()}
    if inputs.beside:
        yield Update(0.5, data, dict(pictures))
        other = _style(inputs.beside.image, inputs.layer, inputs.network)
        data |= {"beside": _described(other), "distance": distance(own.gram, other.gram)}
        pictures |= {"beside": heat(other.gram), "beside_maps": sheet(other.maps)}
        pictures |= {"beside_picture": fit(inputs.beside.image, SIZE)}
        files |= {"beside": other.gram.tobytes()}
    yield Update(1, data, pictures, files)


def distance(own: Rows, other: Rows) -> float:
    """Squared distance of two Gram matrices, as a share of the first one's power: the style loss of this layer."""
    return float(f"{np.square(own - other).sum() / max(float(np.square(own).sum()), 1e-12):.4g}")


def _style(image: Image.Image, layer: str, network: str) -> Style:
    device = devices.pick(None)
    seen = encoder(NETWORKS[network], device, models=folder())
    with torch.no_grad():
        features = seen(tensor(fit(image, SIZE), device), {layer})[layer].float()
    return Style(features[0].cpu().numpy(), gram(features).cpu().numpy().astype("<f4"))


def _described(style: Style) -> dict[str, object]:
    peaks = [float(f"{one.max():.4g}") for one in style.maps]
    return {"columns": columns(style.maps), "tile": list(tile(style.maps)), "peaks": peaks}
