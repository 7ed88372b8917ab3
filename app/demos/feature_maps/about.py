"""What the bench is told beside its inputs: the channel it opens with, its layer's sheet, and where the rest lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.algorithms.vision.feature_maps.layers import Address, Layer, address, layers
from app.algorithms.vision.feature_maps.methods import METHODS
from app.demos.assets import asset_url
from app.demos.base import Demo
from app.demos.feature_maps import gallery, sheets
from app.demos.feature_maps.card import card, href, words
from app.demos.feature_maps.channel import TITLES, name, networks, title
from app.demos.feature_maps.schedule import SWITCHES
from app.demos.feature_maps.sheets import Sheet

HERE = Path(__file__).parent


def about(demo: Demo, values: Mapping[str, Any]) -> dict[str, Any]:
    """`client` is for the panel's script, the rest for its HTML: the channel's card, its layer's sheet, all layers."""
    channel = _asked(demo, str(values.get("channel") or ""))
    sheet = sheets.find(channel.network, channel.layer)
    return {
        "client": _client(demo, channel),
        "channel": card(demo, channel, sheet),
        "sheet": _sheet(demo, channel, sheet) if sheet else None,
        "layers": [_ladder(network, channel) for network in networks()],
    }


def _asked(demo: Demo, text: str) -> Address:
    """The channel that is asked for; a form that is given back may have had something else in its place."""
    try:
        return address(text)
    except ValueError:
        return address(next(field.default for field in demo.fields if field.name == "channel"))


def _sheet(demo: Demo, channel: Address, sheet: Sheet) -> dict[str, Any]:
    """The sheet of a channel's layer, with a link for each channel."""
    width, height = sheet.size
    layer = layers(channel.network)[channel.layer]
    return {
        "url": asset_url(demo, sheet.picture),
        "width": width,
        "height": height,
        "tile": sheet.tile,
        "columns": sheet.columns,
        "title": f"{layer.name}, {TITLES[channel.network]}: {layer.channels} channels",
        "channels": [_tile(Address(channel.network, layer.name, number), sheet) for number in range(layer.channels)],
    }


def _tile(channel: Address, sheet: Sheet) -> dict[str, Any]:
    x, y = sheet.corner(channel.channel)
    dead = channel.channel in sheet.about["dead"]
    return {"number": channel.channel, "x": x, "y": y, "href": href(channel), "label": name(channel), "dead": dead}


def _ladder(network: str, channel: Address) -> dict[str, Any]:
    """The layers of a network from the picture upwards, each as a link to its channel of the same number."""
    found = [_rung(network, layer, channel) for layer in layers(network).values()]
    return {"network": network, "title": TITLES[network], "layers": found}


def _rung(network: str, layer: Layer, channel: Address) -> dict[str, Any]:
    there = Address(network, layer.name, min(channel.channel, layer.channels - 1))
    return {
        "name": layer.name,
        "href": href(there),
        "label": title(there),
        "channels": layer.channels,
        "words": words(layer),
        "current": (network, layer.name) == (channel.network, channel.layer),
    }


def _client(demo: Demo, channel: Address) -> dict[str, Any]:
    pictures = gallery.shelf().names
    return {
        "channel": str(channel),
        "networks": [_network(demo, network) for network in networks()],
        "gallery": {name: [asset_url(demo, file), *gallery.size(name)] for name, file in pictures.items()},
        "credits": asset_url(demo, gallery.CREDITS),
        "atlas": _made(demo, "atlas"),
        "switches": _made(demo, "switches"),
        "methods": {name: {part: getattr(how, part) for part in SWITCHES} for name, how in METHODS.items()},
    }


def _network(demo: Demo, network: str) -> dict[str, Any]:
    found = [_layer(demo, network, layer) for layer in layers(network).values()]
    return {"name": network, "title": TITLES[network], "layers": found}


def _layer(demo: Demo, network: str, layer: Layer) -> dict[str, Any]:
    sheet = sheets.find(network, layer.name)
    untrained = sheet.untrained if sheet else None
    return {
        "name": layer.name,
        "channels": layer.channels,
        "stride": layer.stride,
        "field": layer.field,
        "window": layer.window,
        "sheet": asset_url(demo, sheet.picture) if sheet else None,
        "json": asset_url(demo, sheet.file) if sheet else None,
        "untrained": asset_url(demo, untrained) if untrained else None,
    }


def _made(demo: Demo, folder: str) -> list[dict[str, Any]]:
    """What lies in a folder beside this file: pairs of a picture and its numbers."""
    found = [sheets.read(file) for file in sorted((HERE / folder).glob("*.json"))]
    return [
        {
            "name": sheet.file.stem,
            "title": sheet.about["title"],
            "channel": sheet.about.get("channel"),
            "sheet": asset_url(demo, sheet.picture),
            "json": asset_url(demo, sheet.file),
        }
        for sheet in found
        if sheet.picture.exists()
    ]
