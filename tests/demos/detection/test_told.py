"""What the posts tell of the detector's answers to the bench's photographs."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import torch
from PIL import Image

from app.algorithms.vision.detection.anchors import anchors
from app.algorithms.vision.detection.decode import candidates
from app.algorithms.vision.detection.detector import Detector
from app.algorithms.vision.detection.matching import MIDDLE, match
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


def test_the_cup_of_coffee_is_called_what_part_1_says_at_each_threshold(staged: StagedDetector) -> None:
    told = said(1, r"(a threshold of 0\.4 leaves the bowl .*? that is not there)")
    presence = staged.look(photograph("coffee")).presence
    called = [{name for name, score in presence.items() if score > least} for least in (0.4, 0.3, 0.25, 0.1)]
    assert called == [{"bowl"}, {"bowl", "cup"}, {"bowl", "cup", "dining table"},
                      {"bowl", "cup", "dining table", "bottle"}]  # fmt: skip
    assert re.findall(r"[\d.]+\d", told) == ["0.4", "0.3", "0.25", "0.1"]


def test_of_four_photographs_one_box_lies_over_all(staged: StagedDetector) -> None:
    sheet = photograph("contact-sheet")
    largest = staged.look(sheet).largest
    assert (largest.label, round(largest.score, 2)) == ("person", float(said(2, r"and the ([\d.]+) for \*person\*")))
    left, top, right, bottom = largest.box
    assert left < sheet.width / 2 < right and top < sheet.height / 2 < bottom


def test_the_cup_has_as_many_anchors_and_candidates_as_part_4_says() -> None:
    detector, coffee = Detector.load("cpu"), photograph("coffee")
    answers = detector.raw(coffee)
    cup = next(seen.box for seen in detector.detect(coffee) if seen.label == "cup")
    standing, true = anchors(*answers.size), torch.tensor([cup]) * answers.scale
    anywhere, near = (int((match(standing, true, middle=middle).objects >= 0).sum()) for middle in (9.0, MIDDLE))
    told = [
        said(4, words) for words in (r"(\d+) of the picture’s", r"picture’s ([\d,]+) anchors", r"with it; (\d+) of")
    ]
    assert [int(number.replace(",", "")) for number in told] == [anywhere, len(standing), near]
    found = candidates(standing, answers.offsets, answers.logits)
    told = [said(4, r"above, (\d+) pairs"), said(4, r"or more and (\d+) one above 0\.3")]
    assert list(map(int, told)) == pytest.approx([len(found.scores), int((found.scores > THRESHOLD).sum())], abs=2)
    assert said(4, r"Of the 47 it leaves (four)") and len(detector.detect(coffee)) == 4


def test_the_replay_learned_what_part_3_tells() -> None:
    kept = json.loads((HERE / "replay.json").read_text())

    def at(step: int, name: str = "astronaut") -> list[tuple[str, float]]:
        boxes = kept["pictures"][name]["boxes"][kept["steps"].index(step)]
        return sorted(((kept["classes"][box[4]], box[5] / 1000) for box in boxes), key=lambda answer: -answer[1])

    sure = {step: sum(label == "person" and score > 0.1 for label, score in at(step)) for step in (35, 125)}
    assert sure == {35: 12, 125: 5}
    told = [said(3, r"the surest (0\.\d+); and"), said(3, r"too, is called a person, with (0\.\d+)"),
            said(3, r"to her chest, and has (0\.\d+)"), said(3, r"its score is (0\.\d+)"),
            said(3, r"a dog by then, with (0\.\d+)"), said(3, r"once, with (0\.\d+) at step 220")]  # fmt: skip
    answers = [at(35)[0], at(35, "cat")[0], at(125)[0], at(900)[0], at(900, "cat")[0], at(220, "cat")[0]]
    assert [label for label, _ in answers] == ["person", "person", "person", "person", "dog", "cat"]
    assert [float(number) for number in told] == pytest.approx([score for _, score in answers], abs=0.006)
