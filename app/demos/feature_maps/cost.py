"""What a run costs, in milliseconds of one core as they were measured: what waiting times are told from."""

from __future__ import annotations

from typing import Any

from app.algorithms.vision.feature_maps.layers import Address, address, layers
from app.demos.feature_maps.schedule import method, pixels, pushes

# A step at 224 px of the lowest layer and of the highest; between them it rises about evenly from layer to layer.
STEP = {"style-encoder": (23, 87), "detector": (11, 38), "resnet34": (26, 265), "vgg19": (96, 1100)}
FIXED = 6  # of a step, whatever its size
FOURIER = 1.15
FOUR = 3.7  # pictures at once, since what is fixed is shared
READ, COVERED = 150, 17  # to read a photograph, and in steps, to cover it piece by piece
METHODS = ("plain", "growing", "fourier")


def work(inputs: Any) -> float:
    """Milliseconds; of `inputs` as a form gives them, photographs aside."""
    if inputs.question == "photo":
        return READ + COVERED * _step(address(inputs.channel))
    names = [inputs.method]
    if inputs.question == "methods":
        names = [*METHODS, *(name for name in names if name not in METHODS)]
    return sum(_ascent(inputs, name) for name in names)


def _ascent(inputs: Any, name: str) -> float:
    how, size = method(inputs, name), int(inputs.size)
    steps = pushes(inputs.steps) if inputs.question == "push" else inputs.steps
    told = steps * FIXED + pixels(how, size, steps) * _step(_highest(inputs))
    return told * (FOURIER if how.fourier else 1) * (FOUR if inputs.objective == "diversity" else 1)


def _highest(inputs: Any) -> Address:
    """The channel up to whose layer the network is computed."""
    channel = address(inputs.channel)
    if not inputs.second or inputs.objective not in ("mix", "difference"):
        return channel
    names = list(layers(channel.network))
    return max(channel, address(inputs.second), key=lambda one: names.index(one.layer) if one.layer in names else -1)


def _step(channel: Address) -> float:
    """Milliseconds of a step at 224 px."""
    least, most = STEP[channel.network]
    names = list(layers(channel.network))
    return least + (most - least) * names.index(channel.layer) / (len(names) - 1)
