"""Teachers of detectors: each of torchvision's 91 numbers arrives at the place of its name, and nothing else does."""

import numpy as np
import pytest
import torch
from torch import nn

from app.algorithms.vision.detection.classes import COCO
from training.detector_teacher import FAINTEST, TorchvisionTeacher, from_file

from torchvision.models import get_model, get_model_weights  # isort: skip

CPU = torch.device("cpu")
SSDLITE = "ssdlite320_mobilenet_v3_large"
CATEGORIES = next(iter(get_model_weights(SSDLITE))).meta["categories"]
PICTURE = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)


class Fixed(nn.Module):
    """A network that finds a box of every label it is given, the later the surer."""

    def __init__(self, labels, highest=0.9):
        super().__init__()
        self.nothing = nn.Parameter(torch.zeros(1))
        self.labels, self.highest, self.asked = torch.tensor(labels), highest, None

    def forward(self, pictures):
        self.asked = pictures
        boxes = torch.stack([torch.tensor((label, 0.0, label + 1.0, 1.0)) for label in self.labels])
        scores = torch.linspace(0.1, self.highest, len(self.labels))
        return [{"boxes": boxes, "scores": scores, "labels": self.labels}]


def test_every_label_arrives_at_the_place_of_its_name():
    numbers = list(range(1, 91))
    seen = TorchvisionTeacher(Fixed(numbers), CATEGORIES)(PICTURE)
    named = [number for number in numbers if CATEGORIES[number] != "N/A"]
    assert seen.boxes[:, 0].tolist() == named
    assert [COCO[place] for place in seen.scores.argmax(1)] == [CATEGORIES[number] for number in named]
    assert len(named) == 80
    assert ((seen.scores > 0).sum(1) == 1).all()
    assert np.allclose(seen.scores.max(1), [np.linspace(0.1, 0.9, 90)[number - 1] for number in named])
    assert (seen.boxes.dtype, seen.scores.dtype, seen.scores.shape) == (np.float32, np.float32, (80, 80))


def test_faint_boxes_and_other_names_are_not_passed_on():
    teacher = TorchvisionTeacher(Fixed([1, 17], highest=FAINTEST / 2), CATEGORIES)
    assert [array.shape for array in teacher(PICTURE)] == [(1, 4), (1, 80)]  # the second one is too faint
    cats = TorchvisionTeacher(Fixed([1, 17, 18]), CATEGORIES, classes=("dog", "cat"))(PICTURE)
    assert (cats.scores > 0).tolist() == [[False, True], [True, False]]
    with pytest.raises(ValueError, match="names none of the 1 classes"):
        TorchvisionTeacher(Fixed([1]), CATEGORIES, classes=("dragon",))


def test_pictures_are_handed_over_whole():
    network = Fixed([1])
    TorchvisionTeacher(network, CATEGORIES)(PICTURE[:, ::-1])
    assert torch.equal(
        (network.asked[0] * 255).round().byte(), torch.from_numpy(PICTURE[:, ::-1].copy()).permute(2, 0, 1)
    )


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """SSDlite320 with random weights whose scores are not all alike."""
    torch.manual_seed(0)
    network = get_model(SSDLITE, weights=None, weights_backbone=None)
    for layer in network.head.classification_head.modules():
        if isinstance(layer, nn.Conv2d) and layer.bias is not None:
            nn.init.normal_(layer.bias, std=2.0)
    path = tmp_path_factory.mktemp("weights") / "ssdlite.pth"
    torch.save(network.state_dict(), path)
    return path


def test_a_real_detector_sees_what_torchvision_says(file):
    teacher = from_file(SSDLITE, file, CPU)
    seen = teacher(PICTURE)
    (found,) = teacher.network([torch.from_numpy(PICTURE).permute(2, 0, 1) / 255])
    kept = [
        (box, score, CATEGORIES[label])
        for box, score, label in zip(*(found[name].tolist() for name in ("boxes", "scores", "labels")), strict=True)
        if score >= FAINTEST and CATEGORIES[label] in COCO
    ]
    assert len(kept) > 5
    assert seen.boxes.tolist() == [box for box, _, _ in kept]
    assert seen.scores.max(1).tolist() == [score for _, score, _ in kept]
    assert [COCO[place] for place in seen.scores.argmax(1)] == [name for _, _, name in kept]
    assert (seen.boxes >= 0).all() and (seen.boxes <= (60, 40, 60, 40)).all()


def test_what_is_no_detector_is_a_sentence(file, tmp_path):
    for name in ("resnet34", "dragon"):
        with pytest.raises(ValueError, match=f"no detector “{name}”"):
            from_file(name, file, CPU)
    with pytest.raises(ValueError, match=r"ssdlite\.pth does not hold the weights of ssd300_vgg16"):
        from_file("ssd300_vgg16", file, CPU)
    (tmp_path / "cut.pth").write_bytes(file.read_bytes()[:1000])
    for path in (tmp_path / "cut.pth", tmp_path / "none.pth"):
        with pytest.raises(ValueError, match=f"{path.name} does not hold the weights"):
            from_file(SSDLITE, path, CPU)
