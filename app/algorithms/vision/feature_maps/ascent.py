"""Activation maximisation: a picture is changed step by step until a network's channel answers to it most.

Source: Erhan et al., “Visualizing Higher-Layer Features of a Deep Network” (2009); the methods name theirs. Idea: the
network is frozen and its gradient says how each pixel should change. The network is cut at the layer that is asked
for. Invariant: the same objective, method, numbers and seed give the same pictures on the same machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.bounds import check
from app.algorithms.vision.catalogue import DOWNLOADED
from app.algorithms.vision.feature_maps.canvas import Canvas
from app.algorithms.vision.feature_maps.methods import Method, Rungs, named, rungs
from app.algorithms.vision.feature_maps.objectives import Objective, highest
from app.algorithms.vision.feature_maps.seen import Seen, see
from app.algorithms.vision.feature_maps.transformations import Move, drawn, moved
from app.algorithms.vision.images import fit
from app.algorithms.vision.options import SEEDS, STEPS
from app.algorithms.vision.pixels import channels_last, picture, resized, tensor

LEAK = 0.05
CONTRAST = 0.1
DECAY = 0.01


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
    method: Method | str = "growing",
    seed: int = 0,
    device: str | None = None,
    start: Image.Image | None = None,
    untrained: bool = False,
    models: Path = DOWNLOADED,
) -> Iterator[Iterate]:
    """Pictures that the objective answers to, one iterate a step; their longest side is `size` pixels at the end.

    They begin with noise and are square, or with the photograph `start` and keep its proportions. ValueError says what
    is wrong.
    """
    check("steps", steps, *STEPS)
    check("seed", seed, *SEEDS)
    method = named(method)
    plan = rungs(method, size, steps)
    if isinstance(network, str):
        picked = devices.pick(device)
        if picked.type == "cpu":
            devices.leave_one()
        network = see(network, picked, untrained=untrained, models=models)
    highest(list(network.layers), objective)
    pictures, where = objective.pictures, network.device

    def begin(size: int) -> Tensor:
        return photograph(start, pictures, size, where) if start else noise(pictures, size, method, seed, where)

    return ascend(objective, network, plan, method, seed, begin)


def ascend(
    objective: Objective, seen: Seen, plan: Rungs, method: Method, seed: int, begin: Callable[[int], Tensor]
) -> Iterator[Iterate]:
    """`maximise`, with its arguments checked and its sizes and steps laid out; `begin` gives the first pictures."""
    of, work = sum(steps for _, steps in plan), sum(steps * size**2 for size, steps in plan)
    step, done, seconds, x = 0, 0, 0.0, None
    leak = leaking(torch.zeros(objective.pictures, device=seen.device))
    for size, steps in plan:
        began = time.perf_counter()
        x = begin(size) if x is None else enlarged(x, size, method)
        canvas = Canvas.of(x, fourier=method.fourier, decorrelate=method.decorrelate)
        adam = torch.optim.Adam([canvas.numbers], lr=method.rate, eps=1e-16)
        for _ in range(steps):
            step, done = step + 1, done + size**2
            scores = climbed(canvas, adam, objective, seen, drawn(method, size, seed, step), method, leak)
            leak = leaking(scores)
            x = canvas.picture().detach()
            if step == of:
                with torch.no_grad():
                    scores = objective.score(looked(seen, x, objective))
            numbers = scores.tolist()
            shown = tuple(picture(one[None]) for one in x)
            seconds, began = seconds + time.perf_counter() - began, time.perf_counter()
            yield Iterate(step, of, size, shown, sum(numbers) / len(numbers), tuple(numbers), done / work, seconds)
            began = time.perf_counter()


def climbed(
    canvas: Canvas, adam: torch.optim.Optimizer, objective: Objective, seen: Seen, move: Move, method: Method, leak: Tensor
) -> Tensor:
    """One step; the scores (n) are those it began with."""
    adam.zero_grad()
    maps = looked(seen, moved(canvas.picture(), move), objective, leak)
    (-objective.wanted(maps)).backward()
    scores = objective.score(maps).detach()
    adam.step()
    if method.decay:
        with torch.no_grad():
            canvas.numbers.mul_(1 - DECAY)
    canvas.settle()
    return scores


def leaking(scores: Tensor) -> Tensor:
    """How much slope (n, 1, 1, 1) a picture needs where its channel is silent: none once it is heard."""
    return LEAK * (scores <= 0).float()[:, None, None, None]


def looked(seen: Seen, x: Tensor, objective: Objective, leak: Tensor | None = None) -> dict[str, Tensor]:
    """The maps that the objective reads; nothing above the highest of them is computed."""
    found: dict[str, Tensor] = {}
    for name, maps in seen.opened(channels_last(x), leak):
        if name in objective.layers:
            found[name] = maps.float()
            if len(found) == len(objective.layers):
                break
    return found


def noise(pictures: int, size: int, method: Method, seed: int, device: torch.device) -> Tensor:
    """What nothing is drawn on yet: (n, 3, size, size), grey but for faint noise."""
    chance = torch.Generator().manual_seed(seed)
    if method.fourier:
        numbers = 0.01 * torch.randn((pictures, 3, size, size // 2 + 1, 2), generator=chance)
        return Canvas(numbers, torch.Size((size, size)), True, method.decorrelate).picture().to(device)
    return (0.5 + CONTRAST * torch.randn((pictures, 3, size, size), generator=chance)).clamp(0, 1).to(device)


def photograph(image: Image.Image, pictures: int, size: int, device: torch.device) -> Tensor:
    """The photograph (n, 3, h, w), n times, its longest side at `size`."""
    return tensor(fit(image, size), device).expand(pictures, -1, -1, -1)


def enlarged(x: Tensor, size: int, method: Method) -> Tensor:
    h, w = x.shape[-2:]
    scale = size / max(h, w)
    x = resized(x, torch.Size((round(h * scale), round(w * scale)))).clamp(0, 1)
    return blurred(x, method.radius) if method.blur else x


def blurred(x: Tensor, radius: float) -> Tensor:
    """Convolved with a Gaussian of this deviation in pixels; edges are repeated."""
    if radius == 0:
        return x
    reach = max(1, round(3 * radius))
    kernel = torch.exp(-((torch.arange(-reach, reach + 1) / radius) ** 2) / 2).to(x)
    kernel = (kernel / kernel.sum()).expand(3, 1, -1)
    x = torch.nn.functional.pad(x, (reach,) * 4, mode="replicate")
    x = torch.nn.functional.conv2d(x, kernel[:, :, None], groups=3)
    return torch.nn.functional.conv2d(x, kernel[..., None], groups=3)
