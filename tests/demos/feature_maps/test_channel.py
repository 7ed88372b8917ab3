"""A channel's address is checked where a reader gives it, and what is refused is said in a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.algorithms.vision.catalogue import RESNET34
from app.algorithms.vision.feature_maps.layers import NAMES, Address, layers
from app.config import Settings
from app.demos.feature_maps.channel import TITLES, Channel, networks, title, titled
from app.demos.kinds import Refused

KIND = Channel("Channel")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("style-encoder/relu4_1/37", "style-encoder/relu4_1/37"),
        ("  detector/level5/007 ", "detector/level5/7"),
        ("detector/logits/cat", "detector/logits/15"),
        ("detector/logits/traffic light", "detector/logits/9"),
    ],
)
def test_an_address_is_kept_in_one_way_of_writing(text: str, kept: str) -> None:
    assert KIND.parse(text) == kept == KIND.parse(kept)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("style-encoder/relu4_1/128", "channels 0 to 127"),
        ("style-encoder/relu9_1/0", "it has relu1_1"),
        ("alexnet/conv1/0", "there are style-encoder"),
        ("detector/logits/unicorn", "channels 0 to 79"),
        ("", "there are style-encoder"),
        ("../../etc/passwd", "There is no network"),
        ("x" * 61, "60 characters"),
    ],
)
def test_what_is_no_channel_is_refused_with_what_there_is(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        KIND.parse(text)
    assert str(refused.value).count("Channel") == 1


def test_a_network_that_was_not_fetched_is_refused_with_the_command_that_fetches_it(app: Flask) -> None:
    with (
        app.app_context(),
        pytest.raises(Refused, match=r"ResNet-34 is not on this server.*flask models fetch resnet34"),
    ):
        KIND.parse("resnet34/layer1.0/3")
    with app.app_context():
        assert networks() == ["style-encoder", "detector"]


def test_a_network_that_was_fetched_is_taken(settings: Settings, tmp_path: Path) -> None:
    app = create_app(replace(settings, MODELS_DIR=str(tmp_path)))
    RESNET34.path(tmp_path).write_bytes(b"weights")
    with app.app_context():
        assert KIND.parse("resnet34/layer1.0/3") == "resnet34/layer1.0/3"
        assert "resnet34" in networks()
    app.extensions["jobs"].stop()


def test_every_network_and_channel_has_a_name() -> None:
    assert set(TITLES) == set(NAMES)
    titles = {title(Address(n, layer.name, k)) for n in NAMES for layer in layers(n).values() for k in (0, 1)}
    assert len(titles) == sum(2 * len(layers(network)) for network in NAMES)


def test_a_page_is_named_by_what_its_address_asks() -> None:
    assert titled({}) is None
    assert titled({"channel": "detector/logits/15"}) == "Cat, a class of the detector"
