"""What a reader wants of a picture, as an objective, and how far the gallery's photographs come by themselves."""

from __future__ import annotations

from dataclasses import dataclass

from app.algorithms.vision.feature_maps.layers import Address, address
from app.algorithms.vision.feature_maps.objectives import Channel, Direction, Diverse, Neuron, Objective, Weighted, at
from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.images import fit
from app.algorithms.vision.pixels import tensor
from app.demos.feature_maps import sheets
from app.demos.feature_maps.demo import Inputs
from app.demos.feature_maps.gallery import SEEN

LEAST = 1e-3  # of what a channel is divided by in a mix: one that is silent in all photographs would outweigh any


@dataclass(frozen=True)
class Wanted:
    """The objective, and what of the gallery is known to answer to it: the best crop's activation and the usual one."""

    objective: Objective
    best: float | None = None
    usual: float | None = None


def wanted(inputs: Inputs, seen: Seen) -> Wanted:
    one = address(inputs.channel)
    if inputs.objective == "channel":
        return Wanted(_channel(one), *known(one, inputs))
    if inputs.objective == "diversity":
        return Wanted(Diverse(_channel(one)), *known(one, inputs))
    if inputs.objective == "negative":
        return Wanted(Weighted(((_channel(one), -1.0),)))
    if inputs.objective == "neuron":
        return Wanted(Neuron(one.layer, one.channel, inputs.x / 100, inputs.y / 100))
    if inputs.objective == "direction":
        return Wanted(Direction(one.layer, read(inputs, seen)))
    return Wanted(_of_two(inputs, one, _second(inputs, seen)))


def read(inputs: Inputs, seen: Seen) -> tuple[float, ...]:
    """What the layer says at one place of the photograph: as many numbers as it has channels."""
    maps = seen.features(tensor(fit(inputs.photo.image, SEEN), seen.device), address(inputs.channel).layer)
    return tuple(at(maps, inputs.x / 100, inputs.y / 100)[0].tolist())


def known(channel: Address, inputs: Inputs) -> tuple[float | None, float | None]:
    """The activation of the gallery's best crop, and the usual one; of a network that learned nothing neither."""
    sheet = None if inputs.untrained else sheets.find(channel.network, channel.layer)
    return (sheet.about["best"][channel.channel], sheet.about["mean"][channel.channel]) if sheet else (None, None)


def _channel(channel: Address) -> Channel:
    return Channel(channel.layer, channel.channel)


def _second(inputs: Inputs, seen: Seen) -> Address:
    """The other channel: the one that was given, or the next of the layer."""
    if inputs.second:
        return address(inputs.second)
    one = address(inputs.channel)
    return Address(one.network, one.layer, (one.channel + 1) % seen.layers[one.layer].channels)


def _of_two(inputs: Inputs, one: Address, other: Address) -> Weighted:
    """Both are measured in what the best photograph gives, since activations of two channels differ in size."""
    scales = [max(known(channel, inputs)[0] or 1.0, LEAST) for channel in (one, other)]
    weights = (1 - inputs.mix, inputs.mix) if inputs.objective == "mix" else (1.0, -1.0)
    pairs = zip((one, other), weights, scales, strict=True)
    return Weighted(tuple((_channel(channel), weight / scale) for channel, weight, scale in pairs))
