"""What the posts tell of the detector's answers to the bench's photographs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from app.algorithms.vision.detection.detector import Detector
from app.algorithms.vision.detection.stages import StagedDetector
from app.demos.detection.demo import DEMO, HERE

POSTS = Path(__file__).parents[3] / "app" / "blog" / "posts"
THRESHOLD = next(field.default for field in DEMO.fields if field.name == "threshold")


def said(part: int, words: str) -> str:
    """What stands in the place of the brackets in the post of this part."""
    found = re.search(words, " ".join((POSTS / f"object-detection-{part}.md").read_text().split()))
    assert found, f"part {part} no longer says “{words}”"
    return found.group(1)


def photograph(name: str) -> Image.Image:
    return Image.open(HERE / "examples" / f"{name}.webp").convert("RGB")


@pytest.fixture(scope="module")
def staged() -> StagedDetector:
    return StagedDetector.load("cpu")


def test_cup_and_bowl_are_about_as_sure_and_a_temple_is_nothing(staged: StagedDetector) -> None:
    assert said(1, r"\*Cup\* and \*bowl\* are given about the (same) score")
    presence = staged.look(photograph("coffee")).presence
    assert set(sorted(presence, key=presence.__getitem__)[-2:]) == {"cup", "bowl"}
    assert presence["cup"] == pytest.approx(presence["bowl"], abs=0.05)
    assert max(staged.look(photograph("temple")).presence.values()) < 0.15


def test_the_cat_is_a_dog_by_one_head_and_a_cat_by_all_anchors(staged: StagedDetector) -> None:
    largest = staged.look(photograph("cat")).largest
    assert largest.label == "dog"
    assert round(100 * largest.score) == int(said(2, r"“dog” with (\d+) per cent"))
    assert Detector.load("cpu").detect(photograph("cat"))[0].label == "cat"


def test_of_the_cat_sixteen_anchors_are_silent_until_two_speak_alike(staged: StagedDetector) -> None:
    assert staged.look(photograph("cat"), threshold=THRESHOLD).sixteen == []
    first = staged.look(photograph("cat"), threshold=0.2).sixteen
    assert {seen.label for seen in first} == {"cat", "dog"}
    score = float(said(3, r"the first two speak at ([\d.]+):"))
    assert [seen.score for seen in first] == pytest.approx([score, score], abs=0.005)


def test_across_classes_cup_and_bowl_are_one_thing() -> None:
    assert said(4, r"the cup and the bowl of the picture above are (one) thing; within each class they are two")
    detector, coffee = Detector.load("cpu"), photograph("coffee")
    found = [{seen.label for seen in detector.detect(coffee, suppression=how)} for how in ("classes", "all")]
    assert [{"cup", "bowl"} & labels for labels in found] == [{"cup", "bowl"}, {"cup"}]
