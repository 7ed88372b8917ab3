"""Styles without their pictures: a painting's statistics, as the style encoder sees it at a few sizes.

Idea: style transfer never asks where something is, so it needs no painting, only which channels fire together (Gram
matrices, Gatys et al., 2016) and how strongly (means and deviations, Huang and Belongie, 2017). A brush stroke has
other statistics in a larger picture, hence several sizes; between two of them numbers are interpolated along the
logarithm of the size, beyond them the nearest is taken. Invariant: at a stored size, what was stored comes back.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import torch
from PIL import Image
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from app.algorithms.vision.catalogue import STYLE_ENCODER, STYLES, checked
from app.algorithms.vision.encoders import Network
from app.algorithms.vision.images import fit
from app.algorithms.vision.losses import STYLE_LAYERS, gram
from app.algorithms.vision.moments import Moments, moments
from app.algorithms.vision.pixels import tensor

SIZES = (128, 256, 512)


@dataclass(frozen=True)
class Style:
    """Statistics by layer, float32, one row for each of `sizes`: longest sides in pixels, from small to large."""

    name: str
    sizes: tuple[int, ...]
    all_grams: Mapping[str, Tensor]  # (sizes, c, c)
    all_means: Mapping[str, Tensor]  # (sizes, c)
    all_deviations: Mapping[str, Tensor]  # (sizes, c)
    network: str = STYLE_ENCODER.name

    def grams(self, size: int) -> dict[str, Tensor]:
        """Gram matrices (c, c) by layer of this style in a picture whose longest side has `size` pixels."""
        return self._at(size, self.all_grams)

    def moments(self, size: int) -> Moments:
        """The channels' means and deviations (c) by layer at this size."""
        return Moments(self._at(size, self.all_means), self._at(size, self.all_deviations))

    def _at(self, size: int, stacks: Mapping[str, Tensor]) -> dict[str, Tensor]:
        below, above, share = _between(self.sizes, size)
        return {layer: torch.lerp(stack[below], stack[above], share) for layer, stack in stacks.items()}


@lru_cache(maxsize=32)
def load(name: str) -> Style:
    """The style of this name that ships with the project; ValueError names those there are."""
    return read(checked(STYLES), name)


def measure(network: Network, picture: Image.Image, name: str, sizes: Sequence[int] = SIZES) -> Style:
    """The statistics of a picture, as `network` on the CPU sees it at these sizes."""
    grams: dict[str, list[Tensor]] = {layer: [] for layer in STYLE_LAYERS}
    rows: list[Moments] = []
    for size in sizes:
        with torch.no_grad():
            features = network(tensor(fit(picture, size), torch.device("cpu")), STYLE_LAYERS)
        rows.append(moments(features, STYLE_LAYERS))
        for layer, found in grams.items():
            found.append(gram(features[layer].float()))
    return Style(
        name,
        tuple(sizes),
        {layer: torch.stack(found) for layer, found in grams.items()},
        {layer: torch.cat([row.means[layer] for row in rows]) for layer in STYLE_LAYERS},
        {layer: torch.cat([row.deviations[layer] for row in rows]) for layer in STYLE_LAYERS},
    )


def write(styles: Sequence[Style], file: Path) -> None:
    """All styles, of the same sizes, in one file: float16, of each Gram matrix the upper triangle.

    A Gram matrix is stored as a share of its largest entry, which is kept apart in float32: no entry leaves
    float16's range, whatever the network's scale.
    """
    tensors = {}
    for layer in STYLE_LAYERS:
        grams = torch.stack([_packed(style.all_grams[layer]) for style in styles])  # (styles, sizes, c · (c + 1) / 2)
        scales = grams.abs().amax(-1, keepdim=True).clamp_min(1e-8)
        tensors[f"{layer}.grams"], tensors[f"{layer}.scales"] = (grams / scales).half(), scales
        tensors[f"{layer}.means"] = torch.stack([style.all_means[layer] for style in styles]).half()
        tensors[f"{layer}.deviations"] = torch.stack([style.all_deviations[layer] for style in styles]).half()
    about = {"names": [style.name for style in styles], "sizes": styles[0].sizes, "network": styles[0].network}
    # One entry: safetensors would write several in another order every time, and the file would have another hash.
    save_file(tensors, file, {"styles": json.dumps(about)})


def read(file: Path, name: str) -> Style:
    """One style of a file that `write` has written; ValueError names those there are."""
    with safe_open(file, "pt") as opened:
        about = json.loads(opened.metadata()["styles"])
        if name not in about["names"]:
            raise ValueError(f"There is no style “{name}”; there are {', '.join(about['names'])}.")
        row = about["names"].index(name)
        stored = {key: opened.get_slice(key)[row].float() for key in opened.keys()}  # noqa: SIM118 - not a mapping
    return Style(
        name,
        tuple(about["sizes"]),
        {layer: _unpacked(stored[f"{layer}.grams"] * stored[f"{layer}.scales"]) for layer in STYLE_LAYERS},
        {layer: stored[f"{layer}.means"] for layer in STYLE_LAYERS},
        {layer: stored[f"{layer}.deviations"] for layer in STYLE_LAYERS},
        about["network"],
    )


def _between(sizes: Sequence[int], size: int) -> tuple[int, int, float]:
    """The rows around this size, and how far it is from the first to the second, in octaves."""
    if size <= sizes[0]:
        return 0, 0, 0.0
    for row, (small, large) in enumerate(pairwise(sizes)):
        if size <= large:
            return row, row + 1, math.log(size / small) / math.log(large / small)
    return len(sizes) - 1, len(sizes) - 1, 0.0


def _packed(grams: Tensor) -> Tensor:
    row, column = torch.triu_indices(*grams.shape[-2:])
    return grams[..., row, column]


def _unpacked(triangles: Tensor) -> Tensor:
    channels = math.isqrt(2 * triangles.shape[-1])
    row, column = torch.triu_indices(channels, channels)
    grams = triangles.new_empty((*triangles.shape[:-1], channels, channels))
    grams[..., row, column] = grams[..., column, row] = triangles
    return grams
