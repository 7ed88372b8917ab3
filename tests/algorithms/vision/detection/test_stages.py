"""The stages for one picture: answers in its own pixels, whatever its shape."""

import pytest
import torch
from PIL import Image
from torch import nn

from app.algorithms.vision.detection.boxes import offsets
from app.algorithms.vision.detection.stages import StagedDetector
from app.algorithms.vision.networks.detector import Raw
from app.algorithms.vision.networks.stages import Staged, sixteen_anchors

CLASSES = ("red", "green")
CELL = 5  # the second cell of the second row


class Told(nn.Module):
    """Says what it was told, of a picture of 416 pixels: a green box in one place."""

    def __init__(self, box):
        super().__init__()
        self.box = torch.tensor(box)

    def forward(self, maps):
        raw = Raw(torch.zeros(1, 16, 4), torch.full((1, 16, 2), -9.0))
        raw.offsets[0, CELL] = offsets(sixteen_anchors(416)[CELL : CELL + 1], self.box[None])[0]
        raw.logits[0, CELL, 1] = 2.0
        return Staged(torch.tensor([[-1.0, 3.0]]), self.box[None] / 416, torch.tensor([[0.0, 4.0]]), raw)


class Nothing(nn.Module):
    def forward(self, x):
        assert x.shape == (1, 3, 416, 416)
        return (x, x, x)


def staged(box):
    return StagedDetector(Nothing(), Told(box), CLASSES, torch.device("cpu"))


@pytest.mark.parametrize("size", [(416, 416), (832, 416), (208, 416), (416, 52)])
def test_boxes_come_back_in_the_pictures_pixels(size):
    scale = 416 / max(size)
    seen = [16.0, 8.0, 48.0, 40.0]
    answer = staged(seen).look(Image.new("RGB", size))
    expected = [min(value / scale, edge) for value, edge in zip(seen, size * 2, strict=True)]
    assert answer.largest.label == "green"
    assert answer.largest.box == pytest.approx(expected)
    assert [found.label for found in answer.sixteen] == ["green"]
    assert answer.sixteen[0].box == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("size", [(832, 294), (416, 52), (1, 1), (52, 416)])
@pytest.mark.parametrize("seen", [[30.0, 340.0, 150.0, 400.0], [340.0, 30.0, 400.0, 150.0], [200.0, 200.0, 20.0, 20.0]])
def test_the_largest_has_a_place_in_the_picture_wherever_its_box_is_said_to_be(size, seen):
    x0, y0, x1, y1 = staged(seen).look(Image.new("RGB", size)).largest.box
    assert 0 <= x0 < x1 <= size[0]
    assert 0 <= y0 < y1 <= size[1]


def test_scores_are_probabilities():
    answer = staged([10.0, 10.0, 20.0, 20.0]).look(Image.new("RGB", (64, 64)))
    assert list(answer.presence) == list(CLASSES)
    assert answer.presence["green"] == pytest.approx(torch.tensor(3.0).sigmoid().item())
    assert answer.largest.score == pytest.approx(torch.tensor([0.0, 4.0]).softmax(0)[1].item())


def test_threshold_drops_the_anchors_below_it():
    image = Image.new("RGB", (64, 64))
    assert not staged([10.0, 10.0, 20.0, 20.0]).look(image, threshold=0.9).sixteen
