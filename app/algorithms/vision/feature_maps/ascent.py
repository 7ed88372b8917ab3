"""Activation maximisation: a picture is changed step by step until a network's channel answers to it most.

Source: Erhan et al., “Visualizing Higher-Layer Features of a Deep Network” (2009); the methods name theirs. Idea: the
network is frozen and its gradient says how each pixel should change. The network is cut at the layer that is asked
for. Invariant: the same objective, method, numbers and seed give the same pictures on the same machine.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.bounds import check
from app.algorithms.vision.catalogue import DOWNLOADED
from app.algorithms.vision.feature_maps.canvas import Canvas
from app.algorithms.vision.feature_maps.ground import Ground
from app.algorithms.vision.feature_maps.methods import DEFAULT, Method, finishes, named, rungs
from app.algorithms.vision.feature_maps.objectives import Objective, highest
from app.algorithms.vision.feature_maps.seen import Seen, see
from app.algorithms.vision.feature_maps.transformations import drawn, moved
from app.algorithms.vision.options import SEEDS, STEPS
from app.algorithms.vision.pixels import channels_last, picture

LEAK = 0.05
DECAY = 0.01
# Adam adds this to the size of a slope before it divides by it; slopes of a mean over many pixels are this small.
SMALLEST_SLOPE = 1e-16


@dataclass(frozen=True)
class Iterate:
    """The pictures after one step.

    The activations are those that the step began with; the last iterate's are measured on its finished pictures, which
    nothing moves.
    """

    step: int
    of: int
    size: int  # longest side now, in pixels
    pictures: tuple[Image.Image, ...]
    activation: float  # mean of all pictures'
    activations: tuple[float, ...]  # of each picture
    progress: float  # share of the work that is done; the last steps, on the largest pictures, are most of it
    seconds: float  # of computing so far


def maximise(
    objective: Objective,
    *,
    network: Seen | str,
    size: int = 224,
    steps: int = 180,
    method: Method | str = DEFAULT,
    seed: int = 0,
    device: str | None = None,
    start: Image.Image | None = None,
    untrained: bool = False,
    models: Path = DOWNLOADED,
) -> Generator[Iterate, None, None]:
    """Pictures that the objective answers to, one iterate a step; their longest side is `size` pixels at the end.

    They begin with noise and are square, or with the photograph `start` and keep its proportions. ValueError says what
    is wrong.
    """
    check("steps", steps, *STEPS)
    check("seed", seed, *SEEDS)
    method = named(method)
    stages = staged(method, size, steps)
    if isinstance(network, str):
        picked = devices.pick(device)
        if picked.type == "cpu":
            devices.leave_one()
        network = see(network, picked, untrained=untrained, models=models)
    highest(list(network.layers), objective)
    ground = Ground(network.device, start)
    begun = ground.begun(objective.pictures, stages[0].size, seed)
    return ascend(objective, network, stages, ground, begun, seed)


@dataclass(frozen=True)
class Stage:
    """Steps of one kind on pictures of one size."""

    size: int  # longest side in pixels
    steps: int
    method: Method


def staged(method: Method, size: int, steps: int, *, finished: bool = True) -> list[Stage]:
    """The method's sizes; where the picture is `finished`, nothing moves it at the end of the last one."""
    if not finished:
        return [Stage(*rung, method) for rung in rungs(method, size, steps, finished=False)]
    stages, finishing = [Stage(*rung, method) for rung in rungs(method, size, steps)], finishes(method, steps)
    still = Stage(size, finishing, replace(method, jitter=False, scale=False, turn=False))
    cut = [*stages[:-1], replace(stages[-1], steps=stages[-1].steps - finishing), still]
    return [stage for stage in cut if stage.steps]


def ascend(
    objective: Objective, seen: Seen, stages: list[Stage], ground: Ground, x: Tensor, seed: int
) -> Generator[Iterate, None, None]:
    """`maximise`, with its arguments checked, its stages laid out and its first pictures x (n, 3, h, w) begun."""
    of, work = sum(stage.steps for stage in stages), sum(stage.steps * stage.size**2 for stage in stages)
    step, done, seconds, size = 0, 0, 0.0, stages[0].size
    scores = torch.zeros(len(x), device=seen.device)
    for stage in stages:
        began = time.perf_counter()
        if stage.size != size:
            x = ground.grown(x, size, stage.size, stage.method.radius if stage.method.blur else 0)
        size, climb = stage.size, Climb(objective, seen, stage.method, ground.at(stage.size), x)
        for _ in range(stage.steps):
            step, done = step + 1, done + size**2
            scores = climb.step(seed, step, scores)
            x = climb.canvas.picture().detach()
            if step == of:
                scores = measured(objective, seen, x)
            shown, numbers = tuple(picture(one[None]) for one in x), tuple(scores.tolist())
            seconds += time.perf_counter() - began
            yield Iterate(step, of, size, shown, sum(numbers) / len(numbers), numbers, done / work, seconds)
            began = time.perf_counter()


class Climb:
    """Pictures of one size under way."""

    def __init__(self, objective: Objective, seen: Seen, method: Method, ground: Tensor, x: Tensor) -> None:
        self.objective, self.seen, self.method = objective, seen, method
        self.canvas = Canvas.of(x, fourier=method.fourier, decorrelate=method.decorrelate)
        self.ground = Canvas.of(ground, fourier=method.fourier, decorrelate=method.decorrelate).numbers.detach()
        self.adam = torch.optim.Adam([self.canvas.numbers], lr=method.rate, eps=SMALLEST_SLOPE)

    def step(self, seed: int, step: int, before: Tensor) -> Tensor:
        """The canvas changes; the scores (n) are those it had, `before` those that the last step saw."""
        self.adam.zero_grad()
        x = self.canvas.picture()
        x = moved(x, drawn(self.method, max(x.shape[-2:]), seed, step))
        # A channel that is silent everywhere is given a slope until it is heard.
        maps = looked(self.seen, x, self.objective, LEAK * (before <= 0).float()[:, None, None, None])
        (-self.objective.wanted(maps)).backward()
        self.adam.step()
        with torch.no_grad():
            if self.method.decay:
                self.canvas.numbers.lerp_(self.ground, DECAY)
            self.canvas.settle()
            return self.objective.score(maps)


@torch.no_grad()
def measured(objective: Objective, seen: Seen, x: Tensor) -> Tensor:
    """The scores (n) of pictures as they are."""
    return objective.score(looked(seen, x, objective))


def looked(seen: Seen, x: Tensor, objective: Objective, leak: Tensor | None = None) -> dict[str, Tensor]:
    """The maps that the objective reads; nothing above the highest of them is computed."""
    found: dict[str, Tensor] = {}
    for name, maps in seen.opened(channels_last(x), leak):
        if name in objective.layers:
            found[name] = maps.float()
            if len(found) == len(objective.layers):
                break
    return found
