"""Texture synthesis: a picture made from a style's statistics alone, like a swatch of the painter's hand.

Source: Gatys, Ecker, Bethge, “Texture Synthesis Using Convolutional Neural Networks” (2015). Idea: noise is optimised
until its features have the style's Gram matrices. Where things were in the painting is in none of them, so it cannot
come back. Departs from the paper: coarse to fine, and the channels' means are matched beside their Gram matrices, since
a Gram matrix cannot tell a strong mean from a strong deviation, and the picture turns to grey mud. Invariant: the same
style, numbers and seed give the same picture on the same machine.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.style_transfer import (
    RATE,
    SEEDS,
    SIZES,
    SMALLEST,
    STEPS,
    Iterate,
    Network,
    check,
    climb,
    ladder,
    picture,
    slowing,
    style_loss,
    total_variation,
)
from app.algorithms.vision.styles import Style

# The paper weighs all layers alike; more weight on colours and strokes keeps the encoder's blind spots out of them.
LAYERS = {"relu1_1": 4.0, "relu2_1": 2.0, "relu3_1": 1.0, "relu4_1": 1.0, "relu5_1": 1.0}
MEANS = 2.0
SMOOTHNESS = 1.0
CONTRAST = 0.2


def synthesise(
    style: Style, *, size: int = 512, steps: int = 200, seed: int = 0, device: str | None = None
) -> Iterator[Iterate]:
    """A square picture, one iterate a step; the last one's sides are `size` pixels. ValueError names what is wrong.

    The losses are shares of the power of the style's own numbers: 0 is what the painting has itself.
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
    style: Style,
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
        grams, means = _targets(style, rung, device)
        x, adam = climb(x, adam, torch.Size((rung, rung)))
        for _ in range(rung_steps):
            step, done = step + 1, done + rung**2
            adam.param_groups[0]["lr"] = RATE * slowing(step / steps)
            losses = _step(network, x, adam, grams, means)
            yield Iterate(step, steps, rung, picture(x), losses, done / work)


def _noise(size: int, seed: int, device: torch.device) -> Tensor:
    noise = torch.randn((1, 3, size, size), generator=torch.Generator().manual_seed(seed)).to(device)
    grey = (0.5 + CONTRAST * noise).clamp(0, 1)
    return grey.contiguous(memory_format=torch.channels_last).requires_grad_()


def _targets(style: Style, size: int, device: torch.device) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Gram matrices (c, c) and means (c) by layer."""
    grams, means = style.grams(size), style.moments(size).means
    return {layer: grams[layer].to(device) for layer in LAYERS}, {layer: means[layer].to(device) for layer in LAYERS}


def _step(
    network: Network, x: Tensor, adam: torch.optim.Adam, grams: dict[str, Tensor], means: dict[str, Tensor]
) -> dict[str, float]:
    features = network(x, LAYERS)
    losses = {layer: style_loss(features[layer], grams[layer]) for layer in LAYERS}
    weights = x.new_tensor(list(LAYERS.values()))
    losses["style"] = torch.stack(list(losses.values())) @ weights / weights.sum()
    losses["means"] = (
        torch.stack([_distance(features[layer], means[layer]) for layer in LAYERS]) @ weights / weights.sum()
    )
    losses["total"] = losses["style"] + MEANS * losses["means"] + SMOOTHNESS * total_variation(x)
    adam.zero_grad()
    losses["total"].backward()
    adam.step()
    with torch.no_grad():
        x.clamp_(0, 1)
    return {name: loss.item() for name, loss in losses.items()}


def _distance(features: Tensor, target: Tensor) -> Tensor:
    """Squared distance of the channels' means, as a share of the target's own power."""
    return (features.mean((0, 2, 3)).float() - target).square().sum() / target.square().sum().clamp_min(1e-8)
