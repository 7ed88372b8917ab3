"""What a picture can be asked to excite: a channel, a place, a direction, sums and differences, four ways of it.

Invariant: an objective reads only the layers it names, and every picture of a batch has a score of its own.
Source: Olah, Mordvintsev, Schubert, “Feature Visualization” (2017), and its library Lucid.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

Maps = Mapping[str, Tensor]  # layer: (n, c, h, w)

# A direction that a place hardly points in still has a slope to climb.
LEAST_COSINE = 0.1


class Objective(ABC):
    """What is climbed."""

    @property
    @abstractmethod
    def layers(self) -> frozenset[str]:
        """The layers whose maps it reads."""

    @property
    def pictures(self) -> int:
        """How many pictures are made at once."""
        return 1

    @abstractmethod
    def score(self, maps: Maps) -> Tensor:
        """The activation (n) of each picture; larger is better."""

    def wanted(self, maps: Maps) -> Tensor:
        """One number to climb, made of all pictures' scores."""
        return self.score(maps).sum()


@dataclass(frozen=True)
class Channel(Objective):
    """The mean of a channel's map; of the layer `logits`, a class."""

    layer: str
    channel: int

    @property
    def layers(self) -> frozenset[str]:
        return frozenset({self.layer})

    def score(self, maps: Maps) -> Tensor:
        return maps[self.layer][:, self.channel].mean((1, 2))


@dataclass(frozen=True)
class Neuron(Objective):
    """One place of a channel's map; x and y in 0…1 are shares of its width and height."""

    layer: str
    channel: int
    x: float = 0.5
    y: float = 0.5

    @property
    def layers(self) -> frozenset[str]:
        return frozenset({self.layer})

    def score(self, maps: Maps) -> Tensor:
        return at(maps[self.layer][:, self.channel : self.channel + 1], self.x, self.y)[:, 0]


@dataclass(frozen=True)
class Direction(Objective):
    """How far a layer's vectors point along one of its own, everywhere or at one place: dot product × cosine²."""

    layer: str
    vector: tuple[float, ...]  # (c)
    x: float | None = None
    y: float | None = None

    @property
    def layers(self) -> frozenset[str]:
        return frozenset({self.layer})

    def score(self, maps: Maps) -> Tensor:
        found, vector = maps[self.layer], maps[self.layer].new_tensor(self.vector)
        if self.x is not None and self.y is not None:
            found = at(found, self.x, self.y)[:, :, None, None]
        dot: Tensor = torch.einsum("nchw,c->nhw", found, functional.normalize(vector, dim=0))
        cosine: Tensor = dot / found.norm(dim=1).clamp_min(1e-8)
        return (dot * cosine.clamp_min(LEAST_COSINE).square()).mean((1, 2))


@dataclass(frozen=True)
class Weighted(Objective):
    """A sum of objectives, each times its weight: (a, 1), (b, −1) is a difference, (a, −1) alone is the negative.

    Activations of two channels can be of very different sizes; a mix of equals divides each weight by its usual one.
    """

    parts: tuple[tuple[Objective, float], ...]

    @property
    def layers(self) -> frozenset[str]:
        return frozenset().union(*(part.layers for part, _ in self.parts))

    def score(self, maps: Maps) -> Tensor:
        return torch.stack([weight * part.score(maps) for part, weight in self.parts]).sum(0)


@dataclass(frozen=True)
class Each(Objective):
    """Of each picture of a batch an objective of its own; no picture's score depends on the others."""

    parts: tuple[Objective, ...]

    @property
    def layers(self) -> frozenset[str]:
        return frozenset().union(*(part.layers for part in self.parts))

    @property
    def pictures(self) -> int:
        return len(self.parts)

    def score(self, maps: Maps) -> Tensor:
        own = ({layer: found[k : k + 1] for layer, found in maps.items()} for k in range(len(self.parts)))
        return torch.cat([part.score(found) for part, found in zip(self.parts, own, strict=True)])


@dataclass(frozen=True)
class Diverse(Objective):
    """Several pictures of one objective that are kept apart: textures of `layer` that are alike cost `apart` each.

    Alike is the mean cosine of the Gram matrices of two pictures, as a share of their mean score.
    """

    objective: Objective
    count: int = 4
    apart: float = 1.0

    @property
    def layers(self) -> frozenset[str]:
        return self.objective.layers

    @property
    def pictures(self) -> int:
        return self.count

    def score(self, maps: Maps) -> Tensor:
        return self.objective.score(maps)

    def wanted(self, maps: Maps) -> Tensor:
        score = self.score(maps)
        alike = torch.stack([likeness(maps[layer]) for layer in sorted(self.layers)]).mean()
        # The penalty is a share of the score: what counts as much for every channel is a factor, not a difference.
        return score.sum() - self.apart * score.detach().abs().sum() * alike


def at(maps: Tensor, x: float, y: float) -> Tensor:
    """The vectors (n, c) at one place of the maps (n, c, h, w)."""
    h, w = maps.shape[-2:]
    return maps[:, :, min(h - 1, int(y * h)), min(w - 1, int(x * w))]


def likeness(maps: Tensor) -> Tensor:
    """Mean cosine between the Gram matrices of any two pictures of (n, c, h, w)."""
    flat = maps.flatten(2)
    grams = functional.normalize((flat @ flat.transpose(1, 2)).flatten(1), dim=1)  # (n, c²)
    n = len(grams)
    return ((grams @ grams.T).sum() - n) / (n * (n - 1))


def highest(layers: Sequence[str], objective: Objective) -> str:
    """The last of a network's layers that the objective reads; ValueError where there is one it does not have."""
    if unknown := objective.layers.difference(layers):
        raise ValueError(f"This network has no layer {', '.join(sorted(unknown))}.")
    return max(objective.layers, key=list(layers).index)
