"""Every channel has a page, named and linked to its neighbours, with its numbers and its places, without a script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import demos
from app.algorithms.vision.feature_maps.layers import SHIPPED, Address, address, layers
from app.demos.feature_maps import gallery, sheets
from app.demos.feature_maps.about import about
from app.demos.feature_maps.card import crop

CHANNELS = [Address(n, layer.name, layer.channels // 2) for n in SHIPPED for layer in layers(n).values()]


@pytest.fixture
def request_context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def told(channel: object, **values: str) -> dict[str, object]:
    return about(demos.get("feature-maps"), {"channel": str(channel)} | values)


@pytest.mark.parametrize("channel", CHANNELS, ids=str)
def test_every_layer_has_a_card_a_sheet_and_what_a_script_needs(request_context: None, channel: Address) -> None:
    found = told(channel)
    card, sheet = found["channel"], found["sheet"]
    assert isinstance(card, dict) and isinstance(sheet, dict)
    assert card["address"] == str(channel) and card["drawn"] and len(card["numbers"]) == 3
    assert card["dead"] or 1 <= len(card["crops"]) <= 9
    assert [tile["number"] for tile in sheet["channels"]] == list(
        range(layers(channel.network)[channel.layer].channels)
    )
    assert json.loads(json.dumps(found["client"]))["channel"] == str(channel)


def test_neighbours_are_the_channels_and_layers_beside(request_context: None) -> None:
    def near(text: str) -> list[str | None]:
        card = told(text)["channel"]
        assert isinstance(card, dict)
        ways = [
            card[way] and card[way]["href"].partition("channel=")[2] for way in ("previous", "next", "lower", "upper")
        ]
        assert all(way is None or str(address(way)) == way for way in ways)
        return ways

    assert near("style-encoder/relu1_1/0") == [None, "style-encoder/relu1_1/1", None, "style-encoder/relu1_2/0"]
    assert near("detector/level5/255") == ["detector/level5/254", None, "detector/level4/127", "detector/logits/79"]
    assert near("detector/logits/79") == ["detector/logits/78", None, "detector/level5/79", None]


def test_what_was_entered_wrong_opens_with_the_usual_channel(request_context: None) -> None:
    card, usual = told("nonsense")["channel"], told("")["channel"]
    assert card == usual


@pytest.mark.parametrize(("x", "y"), [(0.5, 0.5), (0, 0), (1, 1), (0.02, 0.97)])
@pytest.mark.parametrize("side", [3, 64, 5000])
def test_a_place_is_cut_from_inside_its_photograph(request_context: None, x: float, y: float, side: float) -> None:
    for name in gallery.shelf().names:
        cut = crop(demos.get("feature-maps"), name, x, y, side, 1.0)
        left, top, width, height = cut["box"]
        assert 0 <= left <= left + width <= cut["width"] + 0.1 and 0 <= top <= top + height <= cut["height"] + 0.1
        assert width == height > 0


def test_the_page_is_named_after_its_channel(client: FlaskClient) -> None:
    page = client.get("/demos/feature-maps?channel=detector/level5/12").text
    assert "<title>Channel 12 of level5, detector · " in page and "<h1>Channel 12 of level5, detector</h1>" in page
    plain = client.get("/demos/feature-maps").text
    assert f"<h1>{demos.get('feature-maps').title}</h1>" in plain


def test_the_page_leads_to_every_channel_of_the_layer_and_to_every_layer(client: FlaskClient) -> None:
    page = unescape(client.get("/demos/feature-maps?channel=style-encoder/relu3_1/5").text)
    linked = set(re.findall(r'/demos/feature-maps\?channel=([^"&]+)"', page))
    assert {f"style-encoder/relu3_1/{number}" for number in range(64)} <= linked
    assert {tuple(text.split("/")[:2]) for text in linked} == {(n, name) for n in SHIPPED for name in layers(n)}
    for text in sorted(linked)[::17]:
        assert client.get(f"/demos/feature-maps?channel={quote(text)}").status_code == 200


def test_every_file_that_a_script_is_told_of_is_there(client: FlaskClient) -> None:
    with client.application.test_request_context():
        told_of = json.dumps(told("style-encoder/relu3_1/5")["client"])
    addresses = set(re.findall(r'"(/demos/feature-maps/assets/[^"]+)"', told_of))
    assert len(addresses) > 2 * len(CHANNELS)
    for url in addresses:
        answer = client.get(url)
        assert answer.status_code == 200 and "immutable" in answer.headers["Cache-Control"], url


@pytest.mark.parametrize("wrong", ["detector/level5/256", "nowhere", "resnet34/conv1/0"])
def test_a_wrong_channel_in_the_address_is_said(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"/demos/feature-maps?channel={wrong}")
    assert answer.status_code == 200
    notice = re.search(r'<p class="notice">(.*?)</p>', answer.text, re.DOTALL)
    assert notice and notice[1].startswith("Channel: ")


def test_sheets_of_fetched_networks_are_served_from_beside_the_data(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        folder = sheets.folder("resnet34")
    assert folder.is_relative_to(app.config["SETTINGS"].DATA)
    assert client.get("/demos/feature-maps/assets/sheets.resnet34/conv1.json").status_code == 404
    folder.mkdir(parents=True)
    (folder / "conv1.json").write_text('{"channels": 64}')
    answer = client.get("/demos/feature-maps/assets/sheets.resnet34/conv1.json")
    assert answer.get_json() == {"channels": 64}
    assert client.get("/demos/feature-maps/assets/sheets.resnet34/..%2f..%2fsecret_key").status_code == 404
