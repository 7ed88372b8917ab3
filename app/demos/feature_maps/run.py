"""What a convnet looks for: the run, and what is made ahead of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.algorithms.vision import devices
from app.algorithms.vision.feature_maps.layers import SHIPPED, address
from app.algorithms.vision.feature_maps.seen import Seen, see
from app.demos.base import Update
from app.demos.feature_maps import drawing, making, reading
from app.demos.feature_maps.demo import Inputs
from app.demos.networks import folder
from app.errors import AppError

QUESTIONS = {"draw": drawing.draw, "methods": drawing.compare, "push": drawing.push, "photo": reading.look}


def warm_up() -> None:
    """The networks that ship are read before a reader waits for them."""
    for network in SHIPPED:
        see(network, devices.pick(None))


make_all = making.make_all


def run(inputs: Inputs) -> Iterator[Update]:
    channel = address(inputs.channel)
    asked: dict[str, Any] = {"question": inputs.question, "network": channel.network, "layer": channel.layer}
    asked |= {"channel": channel.channel, "address": str(channel), "objective": inputs.objective}
    asked |= {"method": inputs.method}
    for update in QUESTIONS[inputs.question](inputs, _seen(inputs)):
        yield Update(update.progress, asked | update.data, update.pictures, update.files)


def _seen(inputs: Inputs) -> Seen:
    """The network that is looked into. AppError where its file is not what it should be."""
    try:
        return see(address(inputs.channel).network, devices.pick(None), untrained=inputs.untrained, models=folder())
    except ValueError as wrong:
        raise AppError(str(wrong)) from None
