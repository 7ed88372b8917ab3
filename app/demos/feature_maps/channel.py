"""A channel as an input: an address such as style-encoder/relu4_1/37, of a network that is on this server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.algorithms.vision.catalogue import weights
from app.algorithms.vision.feature_maps.layers import LOGITS, NAMES, Address, address, classes
from app.demos.base import Text
from app.demos.kinds import Refused
from app.demos.networks import folder

TITLES = {
    "style-encoder": "style encoder",
    "detector": "detector",
    "resnet34": "ResNet-34",
    "vgg19": "VGG-19",
}


@dataclass(frozen=True)
class Channel(Text):
    """One channel of one network; a class's may be named, as in detector/logits/cat, and is kept as its number."""

    longest: int = 60
    kind: ClassVar[str] = "channel"

    def parse(self, text: str) -> str:
        written = super().parse(text)
        try:
            found = address(written)
        except ValueError as wrong:
            raise Refused(f"{self.label}: {wrong}") from None
        if not here(found.network):
            cure = f"its operator can fetch it with flask models fetch {found.network}"
            raise Refused(f"{self.label}: {TITLES[found.network]} is not on this server; {cure}.")
        return str(found)


def here(network: str) -> bool:
    """True for a network that ships, or that the operator has fetched."""
    return weights(network).path(folder()).exists()


def networks() -> list[str]:
    """The networks that can be looked into on this server."""
    return [network for network in NAMES if here(network)]


def titled(asked: Mapping[str, Any]) -> str | None:
    """The page's title, where its address asks for a channel."""
    return title(address(asked["channel"])) if asked.get("channel") else None


def title(channel: Address) -> str:
    """Such as “Channel 37 of relu4_1, style encoder”."""
    of, label = TITLES[channel.network], name(channel)
    return (
        f"{label.capitalize()}, a class of the {of}" if label else f"Channel {channel.channel} of {channel.layer}, {of}"
    )


def name(channel: Address) -> str | None:
    """What a channel is called, where it is a class that is known by name."""
    known = classes(channel.network) if channel.layer == LOGITS else ()
    return known[channel.channel] if channel.channel < len(known) else None
