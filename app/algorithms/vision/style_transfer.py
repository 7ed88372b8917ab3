"""Neural style transfer: a picture is optimised until it has one picture's content and another's style.

Source: Gatys, Ecker, Bethge, “Image Style Transfer Using Convolutional Neural Networks” (2016). Idea: deep features
of a network say what is where; which of them occur together (their Gram matrices) says how it is painted. The network
is frozen and gradient descent changes the pixels. Coarse to fine: most steps run on a small picture, where they are
cheap and a brush stroke spans more of it. Invariant: the same pictures, numbers and seed give the same result on the
same machine.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import DOWNLOADED, load_style_encoder
from app.algorithms.vision.images import fit

CONTENT_LAYER = "relu4_1"
# Gatys weighs all five alike; more weight on strokes than on motifs keeps faces readable and flat areas calm.
STYLE_LAYERS = {"relu1_1": 2.0, "relu2_1": 2.0, "relu3_1": 1.0, "relu4_1": 0.5, "relu5_1": 0.25}
SMOOTHNESS = 5.0
RATE = 0.04
NOISE = 0.005
SMALLEST = 128
SIZES, STEPS, SEEDS = (32, 2048), (1, 5000), (0, 2**63 - 1)

# A network: features by layer name of pictures (n, 3, h, w) in 0…1.
Network = Callable[[Tensor, Collection[str]], Mapping[str, Tensor]]


@dataclass(frozen=True)
class Iterate:
    """The picture after one step. Losses are shares: 1 is what the content picture itself would have of style."""

    step: int
    of: int
    size: int  # longest side of this rung
    picture: Image.Image
    losses: dict[str, float]  # total, content, style, and one a style layer
    progress: float  # share of the work that is done; the last steps, on the largest rungs, are most of it


class Statistics(Protocol):
    """A style that need not be a picture: all that the optimisation asks of one."""

    @property
    def network(self) -> str:
        """The name of the network whose features were counted."""

    def grams(self, size: int) -> Mapping[str, Tensor]:
        """Gram matrices (c, c) of STYLE_LAYERS by name, of this style on `size` pixels along the longest side."""


@dataclass(frozen=True)
class Targets:
    """What a rung's picture is pulled towards, and how much style the content picture lacks in each layer."""

    content: Tensor  # (1, c, h, w)
    style: dict[str, Tensor]  # (c, c) a layer
    lack: dict[str, Tensor]


def stylise(
    content: Image.Image,
    style: Image.Image | Statistics,
    *,
    size: int = 384,
    steps: int = 150,
    strength: float = 0.5,
    seed: int = 0,
    device: str | None = None,
    network: str = "style-encoder",
    models: Path = DOWNLOADED,
) -> Iterator[Iterate]:
    """One iterate a step; the last one's longest side is `size` pixels. ValueError names an argument out of range.

    `strength` runs from 0 (the photograph) over 0.5 (balanced) to 1 (the painting's texture); it is a ratio to what
    this very pair starts with, so that every style answers alike. The style is a picture, or the statistics of one
    as `network` sees it, such as `styles.load` gives.
    """
    check("size", size, *SIZES)
    check("steps", steps, *STEPS)
    check("strength", strength, 0, 1)
    check("seed", seed, *SEEDS)
    if not isinstance(style, Image.Image) and style.network != network:
        raise ValueError(f"This style's statistics are those of {style.network}; {network} has other features.")
    picked = devices.pick(device)
    if picked.type == "cpu":
        torch.set_num_threads(devices.threads())
    encoder = load_style_encoder(network, picked, models)
    return optimise(encoder, content, style, size=size, steps=steps, strength=strength, seed=seed, device=picked)


def optimise(
    network: Network,
    content: Image.Image,
    style: Image.Image | Statistics,
    *,
    size: int,
    steps: int,
    strength: float,
    seed: int,
    device: torch.device,
    smallest: int = SMALLEST,
) -> Iterator[Iterate]:
    """`stylise` on any network, up the ladder of sizes; the picture and Adam's moments climb with it."""
    rungs = ladder(size, steps, smallest)
    x = _noisy(tensor(fit(content, rungs[0][0]), device), seed)
    adam = torch.optim.Adam([x], lr=RATE, betas=(0.9, 0.99), fused=True)
    work = sum(rung_steps * rung**2 for rung, rung_steps in rungs)
    step = done = 0
    for rung, rung_steps in rungs:
        photograph = tensor(fit(content, rung), device)
        targets = _targets(network, photograph, _grams(network, style, rung, device))
        x, adam = climb(x, adam, photograph.shape[-2:])
        for _ in range(rung_steps):
            step, done = step + 1, done + rung**2
            adam.param_groups[0]["lr"] = RATE * slowing(step / steps)
            losses = _step(network, x, adam, targets, strength)
            yield Iterate(step, steps, rung, picture(x), losses, done / work)


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    """Squared distance of two feature maps, as a share of the target's own power."""
    return (features - target).square().sum() / target.square().sum().clamp_min(1e-8)


def gram(features: Tensor) -> Tensor:
    """Which channels fire together, wherever it is: (n, c, h, w) to (c, c), averaged over all pixels."""
    rows = features.movedim(1, -1).flatten(0, -2)  # (n · h · w, c)
    product = rows.detach().T @ rows / len(rows)
    # The gradient through the other factor is this one's transpose, so it need not be multiplied out again.
    return product + product.T - product.detach()


def style_loss(features: Tensor, target: Tensor) -> Tensor:
    """Squared distance of two Gram matrices, as a share of the target's own power."""
    # The products stay in the features' precision, which is twice as fast where that is bfloat16; the sums do not.
    return (gram(features).float() - target).square().sum() / target.square().sum().clamp_min(1e-8)


def total_variation(x: Tensor) -> Tensor:
    """Mean squared difference of neighbouring pixels; a side of one pixel has none."""
    return sum((x.diff(dim=axis).square().sum() for axis in (2, 3)), x.new_zeros(())) / x.numel()


def ladder(size: int, steps: int, smallest: int = SMALLEST) -> list[tuple[int, int]]:
    """Rungs (longest side, steps) from coarse to fine, each √2 larger; coarse ones get more of the steps."""
    count = max(1, 1 + math.floor(2 * math.log2(max(1.0, size / smallest)) + 1e-9))
    sizes = [round(size / math.sqrt(2) ** rung) for rung in reversed(range(count))]
    shares = [1.35**rung for rung in reversed(range(count))]
    begins = [int(steps * sum(shares[:rung]) / sum(shares)) for rung in range(count)]
    ends = [*begins[1:], steps]
    return [(rung, end - begin) for rung, begin, end in zip(sizes, begins, ends, strict=True) if end > begin]


def climb(x: Tensor, adam: torch.optim.Adam, shape: torch.Size) -> tuple[Tensor, torch.optim.Adam]:
    """The picture and Adam's moments resized to the next rung, so that no momentum is lost (Crowson, 2022)."""
    if x.shape[-2:] == shape:
        return x, adam
    larger = _resized(x.detach(), shape).clamp(0, 1).requires_grad_()
    next_adam = torch.optim.Adam([larger], lr=RATE, betas=(0.9, 0.99), fused=True)
    if state := adam.state.get(x):
        next_adam.state[larger] = {
            "step": state["step"],
            "exp_avg": _resized(state["exp_avg"], shape),
            "exp_avg_sq": _resized(state["exp_avg_sq"], shape).clamp_min(0),
        }
    return larger, next_adam


def slowing(progress: float) -> float:
    """The learning rate at this share of the steps, as a share of RATE."""
    # The last fifth calms down: a constant rate leaves its own noise in the picture.
    return min(1.0, 0.1 + (1 - progress) / 0.2)


def tensor(image: Image.Image, device: torch.device) -> Tensor:
    """A picture as (1, 3, h, w) in 0…1."""
    pixels = torch.from_numpy(np.array(image.convert("RGB"))).to(device)  # (h, w, 3)
    return (pixels.permute(2, 0, 1)[None].float() / 255).contiguous(memory_format=torch.channels_last)


def picture(x: Tensor) -> Image.Image:
    """The reverse of `tensor`."""
    pixels = (x.detach()[0] * 255).round().clamp(0, 255).byte().permute(1, 2, 0)
    return Image.fromarray(pixels.cpu().numpy())


def check(name: str, value: float, least: float, most: float) -> None:
    """Raises ValueError, a sentence that names the argument, where it is out of range."""
    if not least <= value <= most:
        raise ValueError(f"The {name} must be between {least} and {most}, not {value}.")


def _grams(network: Network, style: Image.Image | Statistics, size: int, device: torch.device) -> dict[str, Tensor]:
    if not isinstance(style, Image.Image):
        return {layer: matrix.to(device) for layer, matrix in style.grams(size).items()}
    with torch.no_grad():
        painted = network(tensor(fit(style, size), device), STYLE_LAYERS)
        return {layer: gram(painted[layer].float()) for layer in STYLE_LAYERS}


def _targets(network: Network, content: Tensor, grams: dict[str, Tensor]) -> Targets:
    with torch.no_grad():
        own = network(content, {*STYLE_LAYERS, CONTENT_LAYER})
        lack = {layer: style_loss(own[layer].float(), grams[layer]).clamp_min(0.02) for layer in STYLE_LAYERS}
        return Targets(own[CONTENT_LAYER].float(), grams, lack)


def _step(network: Network, x: Tensor, adam: torch.optim.Adam, targets: Targets, strength: float) -> dict[str, float]:
    features = network(x, {*STYLE_LAYERS, CONTENT_LAYER})
    losses = {
        layer: style_loss(features[layer], target) / targets.lack[layer] for layer, target in targets.style.items()
    }
    weights = x.new_tensor(list(STYLE_LAYERS.values()))
    losses["style"] = torch.stack([losses[layer] for layer in STYLE_LAYERS]) @ weights / weights.sum()
    losses["content"] = content_loss(features[CONTENT_LAYER].float(), targets.content)
    losses["total"] = losses["content"] + _weight(strength) * losses["style"] + SMOOTHNESS * total_variation(x)
    adam.zero_grad()
    losses["total"].backward()
    adam.step()
    with torch.no_grad():
        x.clamp_(0, 1)
    return {name: loss.item() for name, loss in losses.items()}


def _weight(strength: float) -> float:
    return float(10 ** (4 * strength - 1))


def _noisy(x: Tensor, seed: int) -> Tensor:
    noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(seed)).to(x.device)
    return (x + NOISE * noise).clamp(0, 1).requires_grad_()


def _resized(x: Tensor, shape: torch.Size) -> Tensor:
    return functional.interpolate(x, tuple(shape), mode="bicubic", align_corners=False)
