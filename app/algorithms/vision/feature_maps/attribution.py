"""Which part of a photograph an answer comes from: by gradients, and by covering the photograph piece by piece.

Sources: Grad-CAM: Selvaraju et al., “Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
Localization” (2017); its element-wise kind: Draelos and Carin, “Use HiResCAM instead of Grad-CAM” (2020); occlusion:
Zeiler and Fergus, “Visualizing and Understanding Convolutional Networks” (2014).
Idea: a channel that raises the answer where it is excited votes for the places where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision.catalogue import DETECTOR
from app.algorithms.vision.detection.detector import Detector, prepared
from app.algorithms.vision.feature_maps.excitation import SIZE
from app.algorithms.vision.feature_maps.layers import LOGITS, Address
from app.algorithms.vision.feature_maps.objectives import Objective, highest
from app.algorithms.vision.feature_maps.places import Map, inside
from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.images import fit
from app.algorithms.vision.networks.detector import STRIDES
from app.algorithms.vision.pixels import tensor

# Longest side, in pixels, at which a photograph is covered piece by piece: it is looked at more than a hundred times.
COVERED = {DETECTOR.name: 224}
OTHERS_COVERED = 160
MOST = 20  # squares in a row
GREY = 0.5
TOGETHER = 8  # covered pictures that are looked at together


@dataclass(frozen=True)
class ClassActivation:
    """A class that the detector sees in a photograph, and where."""

    label: str
    score: float  # of its surest anchor, 0…1
    map: Map  # (h, w) in 0…1, a place for every cell of the finest grid


@dataclass(frozen=True)
class Occlusion:
    """What covering each part of a photograph takes away from a score."""

    score: float  # of the photograph as it is
    falls: Map  # (rows, columns): how much the score is lower with a square on the middle of that part
    side: int  # of the square
    seen: tuple[int, int]  # width and height of the photograph in the same pixels: its longest side has SIZE


def grad_cam(seen: Seen, image: Image.Image, layer: str, objective: Objective, *, size: int = SIZE) -> Map:
    """Where in the maps of `layer` the objective comes from: (h, w) in 0…1; all 0 where nothing there raises it.

    ValueError where the network has no such layer, or where the objective does not depend on it.
    """
    fitted = fit(image.convert("RGB"), size)
    maps: dict[str, Tensor] = {}
    top = highest(list(seen.layers), objective)
    with torch.enable_grad():
        for name, found in seen.opened(tensor(fitted, seen.device).requires_grad_()):
            maps[name] = found
            if name == top:
                break
        if layer not in maps:
            raise ValueError(f"What {top} of {seen.name} says does not come from “{layer}”.")
        score = objective.score({name: maps[name].float() for name in objective.layers}).sum()
        (slopes,) = torch.autograd.grad(score, maps[layer], materialize_grads=True)
    weights = slopes.float().mean((2, 3), keepdim=True)  # (1, c, 1, 1)
    w, h = (inside(seen.name, layer, pixels) for pixels in fitted.size)
    return _scaled((weights * maps[layer].float()).sum(1).relu()[0, :h, :w])


def class_activation(
    image: Image.Image, wanted: int | Sequence[str] = 3, *, device: str | None = None, size: int = SIZE
) -> tuple[ClassActivation, ...]:
    """The detector's classes of these names, or those it is surest of: of each its score and where it comes from.

    The score is read from all three grids, and so is the map: what each cell's features contribute to the log of the
    sum of all anchors' odds, summed over the grids. Departs from Grad-CAM in weighting features by their own slope
    instead of the mean slope: anchors answer for their own cell alone, so features elsewhere have no say in it. Where
    a mean over places is read instead of anchors, both are the same. ValueError where there is no such class.
    """
    detector = Detector.load(device)
    x, scale = prepared(image, size)
    with torch.no_grad():
        levels = [level.requires_grad_() for level in detector.network.trunk(x.to(detector.device).float() / 255)]
    with torch.enable_grad():
        heads = zip(detector.network.heads, levels, strict=True)
        logits = torch.cat([head(level)[1] for head, level in heads], 1)[0].float()  # (anchors, classes)
    scores = logits.detach().amax(0).sigmoid()
    labels = _labels(wanted, detector.classes, scores)
    h, w = (max(1, round(side * scale / STRIDES[0])) for side in (image.height, image.width))
    found = [_contributions(logits[:, label].logsumexp(0), levels)[:h, :w] for label in labels]
    return tuple(
        ClassActivation(detector.classes[label], float(scores[label]), _scaled(map))
        for label, map in zip(labels, found, strict=True)
    )


def occlusion(seen: Seen, image: Image.Image, address: Address, side: int, step: int) -> Occlusion:
    """How much a channel's mean activation falls when a grey square covers a part of the photograph.

    Lengths are in pixels of a photograph whose longest side has SIZE, whatever size the network is shown it at:
    squares of `side` stand about `step` apart, evenly, at most MOST in a row, and are cut off at the photograph's
    edges. Of a class the score is its logit where it is highest. ValueError where a length is under a pixel.
    """
    if side < 1 or step < 1:
        raise ValueError("The square and its steps must be at least one pixel.")
    size = COVERED.get(seen.name, OTHERS_COVERED)
    x = tensor(fit(image.convert("RGB"), size), seen.device)
    down, across = (_squares(pixels, side * size / SIZE, step * size / SIZE) for pixels in x.shape[-2:])
    squares = list(product(down, across))
    with torch.inference_mode():
        score = float(_score(seen, x, address))
        left = [_score(seen, _covered(x, squares[k : k + TOGETHER]), address) for k in range(0, len(squares), TOGETHER)]
    falls = score - torch.cat(left).cpu().numpy().reshape(len(down), len(across))
    return Occlusion(score, falls.astype(np.float32), side, fit(image, SIZE).size)


def _scaled(map: Tensor) -> Map:
    found: Map = (map / map.amax().clamp_min(1e-12)).detach().cpu().numpy().astype(np.float32)
    return found


def _labels(wanted: int | Sequence[str], classes: tuple[str, ...], scores: Tensor) -> list[int]:
    if isinstance(wanted, int):
        return scores.argsort(descending=True, stable=True)[:wanted].tolist()
    if unknown := set(wanted).difference(classes):
        raise ValueError(f"The detector knows no class “{min(unknown)[:40]}”.")
    return [classes.index(label) for label in wanted]


def _contributions(score: Tensor, levels: Sequence[Tensor]) -> Tensor:
    """Features times their slopes, summed over channels and grids, at the finest grid: (h, w), nothing below 0."""
    slopes = torch.autograd.grad(score, levels, retain_graph=True)
    votes = [(slope * level).float().sum(1, keepdim=True).relu() for slope, level in zip(slopes, levels, strict=True)]
    fine = votes[0].shape[-2:]
    return torch.stack([functional.interpolate(vote, fine, mode="bilinear") for vote in votes]).sum(0)[0, 0]


def _squares(pixels: int, side: float, step: float) -> list[slice]:
    """The pixels that each of the squares along one side of the picture covers; never none."""
    count = min(MOST, max(1, round(pixels / step)))
    middles = (np.arange(count) + 0.5) * pixels / count
    begins = np.minimum(np.maximum(np.round(middles - side / 2), 0), pixels - 1).astype(int)
    ends = np.maximum(np.round(middles + side / 2).astype(int), begins + 1)
    return [slice(begin, end) for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]


def _covered(x: Tensor, squares: Sequence[tuple[slice, slice]]) -> Tensor:
    covered = x.repeat(len(squares), 1, 1, 1)
    for picture, (down, across) in zip(covered, squares, strict=True):
        picture[:, down, across] = GREY
    return covered


def _score(seen: Seen, x: Tensor, address: Address) -> Tensor:
    """(n): of each picture the channel's mean, or a class's highest logit."""
    if address.layer == LOGITS:
        return seen.answers(x)[:, address.channel]
    return seen.features(x, address.layer)[:, address.channel].mean((1, 2))
