"""`python -m training.detector` on a user's own pictures: a tiny VOC or COCO, with and without a teacher."""

import hashlib
import json
import sys
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from app.algorithms.vision import catalogue, torchvision_shim  # noqa: F401
from app.algorithms.vision.detection.anchors import PER_CELL
from app.algorithms.vision.detection.classes import COCO, VOC
from app.algorithms.vision.detection.detector import stored
from training import detector, material
from training.detector_teacher import TorchvisionTeacher
from training.material import batched

from torchvision.models import get_model  # isort: skip

VOC_OBJECT = """<annotation><object><name>dog</name><difficult>0</difficult>
<bndbox><xmin>5</xmin><ymin>5</ymin><xmax>40</xmax><ymax>30</ymax></bndbox></object></annotation>"""


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Canvases of 64 pixels, made in the test's own process."""
    whole = detector.train
    monkeypatch.setattr(detector, "train", lambda *parts, **how: whole(*parts, side=64, sides=(64,), workers=0, **how))


@pytest.fixture
def photographs(tmp_path):
    folder = tmp_path / "photographs"
    folder.mkdir()
    for number in range(2):
        Image.effect_noise((60, 40), 50 + number).convert("RGB").save(folder / f"{number}.png")
    return folder


@pytest.fixture
def voc(tmp_path):
    root = tmp_path / "voc" / "VOCdevkit" / "VOC2012"
    for folder in ("JPEGImages", "Annotations", "ImageSets/Main"):
        (root / folder).mkdir(parents=True)
    Image.new("RGB", (60, 40), "green").save(root / "JPEGImages" / "1.jpg")
    (root / "Annotations" / "1.xml").write_text(VOC_OBJECT)
    (root / "ImageSets" / "Main" / "train.txt").write_text("1\n")
    return tmp_path / "voc"


@pytest.fixture
def coco(photographs, tmp_path):
    file = tmp_path / "instances.json"
    images = [{"id": number, "file_name": f"{number}.png", "width": 60, "height": 40} for number in range(2)]
    box = {"id": 1, "image_id": 0, "category_id": 7, "bbox": [3, 4, 20, 30], "area": 600, "iscrowd": 0}
    categories = [{"id": 7, "name": "lamp"}, {"id": 9, "name": "desk"}]
    file.write_text(json.dumps({"images": images, "annotations": [box], "categories": categories}))
    return photographs, file


def run(monkeypatch, tmp_path, *options):
    out = tmp_path / "made.safetensors"
    fixed = ("--out", out, "--work", tmp_path / "work", "--steps", 2, "--batch", 2, "--device", "cpu")
    monkeypatch.setattr(sys, "argv", ["detector", *map(str, fixed + options)])
    detector.main()
    return stored(out)


def test_voc(voc, monkeypatch, tmp_path, capsys):
    weights, classes = run(monkeypatch, tmp_path, "--voc", voc, "2012", "train")
    assert classes == VOC
    assert weights["heads.0.logits.weight"].shape[0] == PER_CELL * 20
    made = tmp_path / "made.safetensors"
    assert hashlib.sha256(made.read_bytes()).hexdigest() in capsys.readouterr().out


def test_coco_from_another_detectors_file(coco, monkeypatch, tmp_path):
    first, classes = run(monkeypatch, tmp_path, "--coco", *coco)
    assert classes == ("lamp", "desk")
    start = (tmp_path / "made.safetensors").rename(tmp_path / "start.safetensors")
    (tmp_path / "work" / detector.CHECKPOINT).unlink()
    monkeypatch.setattr(detector, "NEW_RATE", 0.0)
    monkeypatch.setattr(detector, "OLD_RATE", 0.0)
    second, _ = run(monkeypatch, tmp_path, "--coco", *coco, "--start", start)
    assert all(torch.equal(value, first[name]) for name, value in second.items())


def test_photographs_are_labelled_by_a_fetched_detector(voc, photographs, monkeypatch, tmp_path):
    torch.manual_seed(0)
    models = tmp_path / "models"
    models.mkdir()
    file = models / "ssdlite.pth"
    torch.save(get_model("ssdlite320_mobilenet_v3_large", weights=None, weights_backbone=None).state_dict(), file)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    entry = replace(catalogue.SSDLITE320, file=file.name, sha256=digest)
    monkeypatch.setattr(catalogue, "ALL", (entry,))
    asked = []
    monkeypatch.setattr(material, "batched", lambda teacher: asked.append(teacher) or batched(teacher))
    options = ("--voc", voc, "2012", "train", "--photos", photographs, "--teacher", "ssdlite320", "--models", models)
    _, classes = run(monkeypatch, tmp_path, *options)
    assert classes == VOC
    assert isinstance(asked[0], TorchvisionTeacher)


def test_a_teacher_of_pictures_becomes_one_of_batches():
    boxes, scores = np.array([[1, 2, 3, 4]], np.float32), np.array([[0.2, 0.7]], np.float32)
    seen = []
    objects = batched(lambda picture: seen.append(picture) or (boxes, scores))(torch.full((3, 3, 8, 6), 0.5))
    assert len(objects) == 3 and {picture.shape for picture in seen} == {(8, 6, 3)}
    assert seen[0].dtype == np.uint8 and seen[0][0, 0].tolist() == [128] * 3
    assert objects[2].boxes.tolist() == boxes.tolist() and objects[2].certainty.tolist() == pytest.approx([0.7])
    assert objects[2].asked.all()


def test_yolox_teaches_cocos_classes_only(voc, photographs, monkeypatch, tmp_path):
    with pytest.raises(ValueError, match="another teacher, or none"):
        run(monkeypatch, tmp_path, "--voc", voc, "2012", "train", "--photos", photographs, "--teacher", "yolox")


def test_vocs_words_for_cocos_classes():
    network = torch.nn.Conv2d(1, 1, 1)
    places = TorchvisionTeacher(network, ("__background__", *COCO), VOC)._places
    named = {COCO[number - 1]: VOC[place] for number, place in enumerate(places) if place >= 0}
    assert set(named.values()) == set(VOC)
    assert named["couch"] == "sofa" and named["dog"] == "dog"
