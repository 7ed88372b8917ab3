"""The detector that ships: what anybody would see in ordinary photographs, it sees too."""

import copy
from pathlib import Path

import pytest
import torch
from PIL import Image

from app.algorithms.vision import devices
from app.algorithms.vision.detection import Detector
from app.algorithms.vision.detection import detector as of_detector
from app.algorithms.vision.detection import stages as of_stages
from app.algorithms.vision.detection.boxes import iou
from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.detection.stages import StagedDetector
from tests.material import material as material
from training.material import coco128

EXAMPLES = Path(__file__).parents[4] / "app" / "demos" / "style_transfer" / "examples"


@pytest.fixture(scope="module")
def detector():
    return Detector.load("cpu")


@pytest.mark.parametrize("photograph", ["cat", "astronaut", "coffee", "temple"])
def test_twice_the_digits_say_the_same(detector, photograph):
    """Nothing hangs on the last bits of float32, in which processors differ."""
    image = Image.open(EXAMPLES / f"{photograph}.webp")
    exact = Detector(copy.deepcopy(detector.network).double(), detector.classes)
    said, surely = detector.raw(image), exact.raw(image)
    assert (said.scores - surely.scores).abs().max() < 1e-4
    assert (said.boxes - surely.boxes).abs().max() < 0.05
    staged = StagedDetector.load("cpu")
    precise = StagedDetector(exact.network.trunk, copy.deepcopy(staged.stages).double(), staged.classes, exact.device)
    one, other = staged.look(image), precise.look(image)
    assert one.presence == pytest.approx(other.presence, abs=1e-4)
    assert one.largest.label == other.largest.label and one.largest.box == pytest.approx(other.largest.box, abs=0.05)
    assert (one.answers.logits.sigmoid() - other.answers.logits.sigmoid()).abs().max() < 1e-4


def test_a_processor_with_bfloat16_computes_as_all_others(tmp_path, monkeypatch):
    (tmp_path / "cpuinfo").write_text("flags: avx512_bf16 amx_bf16")
    monkeypatch.setattr(devices, "CPU_FLAGS", tmp_path / "cpuinfo")
    assert devices.precision(torch.device("cpu")) is torch.bfloat16, "as the styles compute there"
    for read in (of_detector, of_stages):
        read._load.cache_clear()
    staged = StagedDetector.load("cpu")
    for network in (Detector.load("cpu").network, staged.trunk, staged.stages):
        assert {weights.dtype for weights in network.parameters()} == {torch.float32}


@pytest.mark.parametrize(("photograph", "label"), [("cat", "cat"), ("astronaut", "person"), ("coffee", "cup")])
def test_what_is_on_the_examples_is_found(detector, photograph, label):
    image = Image.open(EXAMPLES / f"{photograph}.webp")
    best = next(seen for seen in detector.detect(image) if seen.label == label)
    x0, y0, x1, y1 = best.box
    assert 0 <= x0 < x1 <= image.width and 0 <= y0 < y1 <= image.height
    assert (x1 - x0) * (y1 - y0) > image.width * image.height / 6


@pytest.mark.parametrize("turn", [None, Image.Transpose.FLIP_LEFT_RIGHT])
def test_a_cat_is_a_cat_at_any_size_and_mirrored(detector, turn):
    image = Image.open(EXAMPLES / "cat.webp").convert("RGB")
    image = image.transpose(turn) if turn is not None else image
    for size in (416, 480, 544):
        assert detector.detect(image, size=size)[0].label == "cat"


def test_raw_answers_are_what_detections_are_made_of(detector):
    image = Image.open(EXAMPLES / "coffee.webp")
    best = detector.detect(image)[0]
    raw = detector.raw(image)
    anchor = int(raw.scores[:, COCO.index(best.label)].argmax())
    assert raw.scores[anchor, COCO.index(best.label)].item() == pytest.approx(best.score, abs=1e-3)
    assert best.box == pytest.approx(raw.boxes[anchor].clamp_min(0).tolist(), abs=1.0)


@pytest.mark.parametrize(("place", "label"), [(115, "cat"), (86, "person"), (116, "cup"), (125, "bus"), (109, "dog")])
def test_what_is_large_in_pictures_it_never_saw_is_found(detector, material, place, label):
    picture = coco128(material)[place]
    assert place % 3, "the first of every three was learned from"
    found = [seen for seen in detector.detect(Image.fromarray(picture.picture)) if seen.label == label]
    true = picture.boxes[picture.labels == COCO.index(label)]

    assert iou(torch.tensor([seen.box for seen in found]), torch.from_numpy(true)).max() > 0.4


def test_the_stages_agree_on_what_is_there():
    image = Image.open(EXAMPLES / "astronaut.webp")
    staged = StagedDetector.load("cpu").look(image)
    assert max(staged.presence, key=staged.presence.__getitem__) == "person"
    assert staged.largest.label == "person"
    assert staged.sixteen[0].label == "person"
    whole = torch.tensor([[0.0, 0.0, image.width * 0.8, image.height]])
    assert iou(torch.tensor([staged.largest.box]), whole) > 0.6
