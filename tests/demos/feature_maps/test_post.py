"""What the post says of the shipped networks' channels is what the sheets and the finished runs hold."""

import json
import re
from itertools import combinations, pairwise

import pytest

from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.feature_maps.layers import layers
from app.demos.feature_maps.demo import HERE

POST = (HERE.parents[1] / "blog/posts/what-a-convnet-looks-for.md").read_text(encoding="utf-8")
WORDS = " ".join(POST.split())


def sheet(network: str, layer: str) -> dict:
    return json.loads((HERE / "sheets" / network / f"{layer}.json").read_text(encoding="utf-8"))


def test_the_table_of_layers_is_true():
    rows = re.findall(r"\| (style encoder|detector), `(\w+)` \| (\d+) \| (\d+) px \| (\d+) px \|", POST)
    assert len(rows) == 7
    for network, name, *numbers in rows:
        layer = layers(network.replace(" ", "-"))[name]
        assert [int(number) for number in numbers] == [layer.channels, layer.stride, layer.field]


def test_as_many_channels_are_silent_as_it_says():
    rows = re.findall(r"^\| `(relu\w+)` \| (yes)? ?\| (\d+) \| (\d+) \|", POST, re.MULTILINE)
    assert [name for name, *_ in rows] == [*list(layers("style-encoder"))[4:]]
    for name, compared, silent, channels in rows:
        found = sheet("style-encoder", name)
        assert (int(silent), int(channels)) == (len(found["dead"]), found["channels"])
        assert bool(compared) == name.endswith("_1")
    silent = sheet("style-encoder", "relu4_2")
    assert f"{len(silent['dead'])} of the {silent['channels']} channels of `relu4_2`" in WORDS
    woken = sum(silent["activation"][channel] > 0 for channel in silent["dead"])
    assert round(len(silent["dead"]) / woken) in range(8, 13), "one in ten"


def test_the_doubles_are_those_it_names():
    ((one, other, alike),) = sheet("detector", "stem")["duplicates"]
    assert f"channels {one} and {other} correlate by {alike:.2f}" in WORDS
    assert len(sheet("detector", "stage2")["duplicates"]) == 3 and "there are three pairs" in WORDS
    classes = [(COCO[a], COCO[b]) for a, b, _ in sheet("detector", "logits")["duplicates"]]
    assert len(classes) == 8 and "there are eight" in WORDS
    fruit = {"apple", "broccoli", "donut"}
    named = {("backpack", "handbag"), ("keyboard", "book"), ("snowboard", "skateboard")}
    assert named <= set(classes) and {pair for pair in classes if set(pair) <= fruit} == {
        *combinations(sorted(fruit), 2)
    }


def test_the_shrillest_drawing_is_the_one_it_names():
    shares = sheet("detector", "stage2")["artefacts"]
    highest = max(range(len(shares)), key=shares.__getitem__)
    assert f"stands channel {highest} with {100 * shares[highest]:.0f} %" in WORDS


def test_the_places_of_channel_1_are_those_it_names():
    found = sheet("style-encoder", "relu5_1")
    tops = [found["pictures"][picture] for picture, *_ in found["tops"][1]]
    assert set(tops) == {"astronaut", "cat", "coffee", "roof", "petals", "suit", "face"}


def test_the_three_methods_reach_what_it_says():
    runs = [json.loads(file.read_text(encoding="utf-8")) for file in (HERE / "finished").glob("*/run.json")]
    (run,) = (run for run in runs if run["inputs"]["question"] == "methods")
    reached = run["updates"][-1]["data"]["methods"]
    said = re.search(r"plain pixels win, with ([\d.]+) against ([\d.]+) and ([\d.]+)", WORDS)
    assert said
    ratios = [reached[name]["ratio"] for name in ("plain", "fourier", "growing")]
    assert [float(number) for number in said.groups()] == pytest.approx(ratios, abs=0.06)
    assert all(more > less for more, less in pairwise(ratios))
