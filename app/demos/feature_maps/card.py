"""A channel's card: its drawing, its numbers, the places of the gallery that excite it most, and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from app.algorithms.vision.feature_maps.layers import Address, Layer, layers
from app.demos.assets import asset_url
from app.demos.base import Demo
from app.demos.feature_maps import gallery
from app.demos.feature_maps.channel import TITLES, name, title
from app.demos.feature_maps.sheets import DEMO, Sheet

UNTOLD: dict[str, Any] = {
    "drawn": None,
    "numbers": [],
    "activation": None,
    "mean": None,
    "deviation": None,
    "best": None,
    "ratio": None,
    "artefact": None,
    "dead": False,
    "duplicates": [],
    "crops": [],
}


def href(channel: Address) -> str:
    """The page of a channel."""
    return url_for("demos.page", name=DEMO, channel=str(channel))


def card(demo: Demo, channel: Address, sheet: Sheet | None) -> dict[str, Any]:
    """All that is told of a channel; without a sheet of its layer, where it stands and no more."""
    layer = layers(channel.network)[channel.layer]
    return {
        "address": str(channel),
        "network": channel.network,
        "network_title": TITLES[channel.network],
        "layer": layer.name,
        "number": channel.channel,
        "label": name(channel),
        "title": title(channel),
        "href": href(channel),
        "words": words(layer),
        "stride": layer.stride,
        "field": layer.field,
        "window": layer.window,
        "channels": layer.channels,
        **_beside(channel, layer),
        **(_told(demo, channel, sheet) if sheet else UNTOLD),
    }


def words(layer: Layer) -> str:
    """How much of a picture one place of a layer sees."""
    sees = "all of the picture" if layer.field > gallery.SEEN else f"{layer.field} px of the picture"
    return f"Each place sees {sees}; there is one every {layer.stride} px." if layer.stride > 1 else f"Sees {sees}."


def crop(demo: Demo, name: str, x: float, y: float, side: float, score: float) -> dict[str, Any]:
    """A place of the gallery: x and y are its middle as shares, `side` is in pixels of what the network saw."""
    (width, height), credit = gallery.size(name), gallery.details()[name]
    side = min(side * max(width, height) / gallery.SEEN, width, height)
    left = min(max(x * width - side / 2, 0), width - side)
    top = min(max(y * height - side / 2, 0), height - side)
    return {
        "picture": name,
        "url": asset_url(demo, gallery.shelf().names[name]),
        "width": width,
        "height": height,
        "box": [round(number, 1) for number in (left, top, side, side)],
        "score": score,
        "caption": credit.caption,
        "author": credit.author,
        "licence": credit.licence,
        "source": credit.source,
        "href": credit.url,
    }


def _beside(channel: Address, layer: Layer) -> dict[str, Any]:
    """The neighbours of a channel: in its layer, and in the layers below and above."""
    names = list(layers(channel.network))
    at, last = names.index(layer.name), layer.channels - 1
    number = channel.channel
    return {
        "previous": _link(channel.network, layer.name, number - 1) if number else None,
        "next": _link(channel.network, layer.name, number + 1) if number < last else None,
        "lower": _link(channel.network, names[at - 1], number) if at else None,
        "upper": _link(channel.network, names[at + 1], number) if at + 1 < len(names) else None,
    }


def _link(network: str, layer: str, number: int) -> dict[str, str]:
    found = Address(network, layer, min(number, layers(network)[layer].channels - 1))
    return {"href": href(found), "label": title(found)}


def _told(demo: Demo, channel: Address, sheet: Sheet) -> dict[str, Any]:
    """What its layer's sheet tells of a channel."""
    number, read = channel.channel, sheet.about
    told = {part: read[part][number] for part in ("activation", "mean", "deviation", "best")}
    (x, y), (width, height) = sheet.corner(number), sheet.size
    drawn = {"url": asset_url(demo, sheet.picture), "width": width, "height": height, "x": x, "y": y}
    tops = [(read["pictures"][picture], x, y, read["window"], score) for picture, x, y, score in read["tops"][number]]
    ratio = round(told["activation"] / told["best"], 2) if told["best"] > 0 else None
    return told | {
        "drawn": drawn | {"side": sheet.tile},
        "numbers": list(_numbers(told, ratio)),
        "ratio": ratio,
        "artefact": read["artefacts"][number],
        "dead": number in read["dead"],
        "duplicates": list(_alike(channel, read["duplicates"])),
        "crops": [crop(demo, *top) for top in tops],
    }


def _numbers(told: dict[str, float], ratio: float | None) -> Iterator[tuple[str, str]]:
    """What is measured of a channel, in words."""
    drawn, best, mean, deviation = (_written(told[name]) for name in ("activation", "best", "mean", "deviation"))
    times = f", {ratio:.3g} times the best photograph crop" if ratio is not None else ""
    yield "Its drawing", drawn + times
    yield "The best of 1,000 photograph crops", best
    yield "Usual in the gallery", f"{mean} ± {deviation}"


def _written(number: float) -> str:
    return f"{number:.3g}".replace("-", "−")


def _alike(channel: Address, duplicates: list[tuple[int, int, float]]) -> Iterator[dict[str, Any]]:
    """The channels of the layer that say nearly the same."""
    for one, other, similarity in duplicates:
        if channel.channel in (one, other):
            twin = Address(channel.network, channel.layer, other if one == channel.channel else one)
            yield {"number": twin.channel, "href": href(twin), "similarity": similarity}
