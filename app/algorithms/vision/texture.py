"""Texture synthesis: a picture made from a style's statistics alone, like a swatch of the painter's hand.

Source: Gatys, Ecker, Bethge, “Texture Synthesis Using Convolutional Neural Networks” (2015). Idea: noise is optimised
until its features have the style's Gram matrices. Where things were in the painting is in none of them, so it cannot
come back. Departs from the paper: coarse to fine, and every rung is held to the statistics of half its size as well,
lest the fine rungs dissolve the motifs that the coarse ones laid down. Invariant: the same style, numbers and seed give
the same picture on the same machine.
"""

from collections.abc import Iterator, Mapping

import torch
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.style_transfer import (
    RATE,
    SEEDS,
    SIZES,
    SMALLEST,
    SMOOTHNESS,
    STEPS,
    STYLE_LAYERS,
    Iterate,
    Network,
    Statistics,
    check,
    climb,
    ladder,
    picture,
    slowing,
    style_loss,
    total_variation,
)

CONTRAST = 0.2

# What one size of the picture is pulled towards: its longest side, and Gram matrices (c, c) by layer.
Level = tuple[int, Mapping[str, Tensor]]


def synthesise(
    style: Statistics, *, size: int = 512, steps: int = 250, seed: int = 0, device: str | None = None
) -> Iterator[Iterate]:
    """A square picture, one iterate a step; the last one's sides are `size` pixels. ValueError names what is wrong.

    The losses are shares of the power of the style's own Gram matrices: 0 is what the painting has itself.
    """
    check("size", size, *SIZES)
    check("steps", steps, *STEPS)
    check("seed", seed, *SEEDS)
    picked = devices.pick(device)
    if picked.type == "cpu":
        torch.set_num_threads(devices.threads())
    network = load_style_encoder(style.network, picked)
    return optimise(network, style, size=size, steps=steps, seed=seed, device=picked)


def optimise(
    network: Network,
    style: Statistics,
    *,
    size: int,
    steps: int,
    seed: int,
    device: torch.device,
    smallest: int = SMALLEST,
) -> Iterator[Iterate]:
    """`synthesise` on any network, up the ladder of sizes; the picture and Adam's moments climb with it."""
    rungs = ladder(size, steps, smallest)
    x = _noise(rungs[0][0], seed, device)
    adam = torch.optim.Adam([x], lr=RATE, betas=(0.9, 0.99), fused=True)
    work = sum(rung_steps * rung**2 for rung, rung_steps in rungs)
    step = done = 0
    for rung, rung_steps in rungs:
        levels = [_level(style, side, device) for side in (rung, rung // 2)]
        x, adam = climb(x, adam, torch.Size((rung, rung)))
        for _ in range(rung_steps):
            step, done = step + 1, done + rung**2
            adam.param_groups[0]["lr"] = RATE * slowing(step / steps)
            losses = _step(network, x, adam, levels)
            yield Iterate(step, steps, rung, picture(x), losses, done / work)


def _noise(size: int, seed: int, device: torch.device) -> Tensor:
    noise = torch.randn((1, 3, size, size), generator=torch.Generator().manual_seed(seed)).to(device)
    grey = (0.5 + CONTRAST * noise).clamp(0, 1)
    return grey.contiguous(memory_format=torch.channels_last).requires_grad_()


def _level(style: Statistics, side: int, device: torch.device) -> Level:
    return side, {layer: matrix.to(device) for layer, matrix in style.grams(side).items()}


def _step(network: Network, x: Tensor, adam: torch.optim.Adam, levels: list[Level]) -> dict[str, float]:
    losses = {layer: x.new_zeros(()) for layer in STYLE_LAYERS}
    for side, grams in levels:
        features = network(_shrunk(x, side), STYLE_LAYERS)
        for layer in STYLE_LAYERS:
            losses[layer] = losses[layer] + style_loss(features[layer], grams[layer]) / len(levels)
    # All layers alike, as in the paper: there is no content that strokes would have to spare.
    losses["style"] = torch.stack(list(losses.values())).sum()
    losses["total"] = losses["style"] + SMOOTHNESS * total_variation(x)
    adam.zero_grad()
    losses["total"].backward()
    adam.step()
    with torch.no_grad():
        x.clamp_(0, 1)
    return {name: loss.item() for name, loss in losses.items()}


def _shrunk(x: Tensor, side: int) -> Tensor:
    if x.shape[-1] == side:
        return x
    return functional.interpolate(x, (side, side), mode="bilinear", antialias=True, align_corners=False)
