"""The teacher: what its cells say becomes a few objects, each with all that is known of its class."""

import numpy as np
import pytest
import torch
from PIL import Image

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.networks.detector import DEVIATION, MEAN, STRIDES
from tests.material import material as material
from training import teacher
from training.yolox import FAINTEST, MOST, OVERLAP, Yolox

from torchvision import ops  # isort: skip

SIDE = 128
CELLS = sum((SIDE // stride) ** 2 for stride in STRIDES)
FAKE = """
class Graph:
    layers = []
    def __call__(self, x):
        self.asked = x
        return self.answer.clone()

class YoloxNano:
    def __init__(self):
        self.graph = Graph()
"""


@pytest.fixture
def fake(tmp_path):
    """A teacher whose graph says what it is told to, of a picture of SIDE pixels: at first nothing."""
    (tmp_path / "teachers.py").write_text(FAKE)
    yolox = Yolox(tmp_path)
    yolox.graph.answer = torch.zeros(1, CELLS, 85)
    return yolox


def answered(fake):
    (objects,) = fake(torch.rand(1, 3, SIDE, SIDE))
    return objects


def test_the_graph_sees_the_picture_normalised(fake):
    fake(x := torch.rand(1, 3, SIDE, SIDE))
    for colour in range(3):
        torch.testing.assert_close(fake.graph.asked[:, colour], (x[:, colour] - MEAN[colour]) / DEVIATION[colour])


def test_a_cell_speaks_of_its_own_place_in_its_own_stride(fake):
    first = 0
    for stride in STRIDES:
        row, column, across = 1, 2, SIDE // stride
        fake.graph.answer.zero_()
        cell = fake.graph.answer[0, first + row * across + column]
        cell[:5] = torch.tensor([0.5, 0.25, np.log(2.0), np.log(1.5), 0.8])
        cell[5 + 7], cell[5 + 9] = 0.5, 0.25
        objects = answered(fake)
        x, y, w, h = stride * (column + 0.5), stride * (row + 0.25), stride * 2, stride * 1.5
        torch.testing.assert_close(objects.boxes, torch.tensor([[x - w / 2, y - h / 2, x + w / 2, y + h / 2]]))
        assert objects.classes[0, [7, 9]].tolist() == pytest.approx([0.4, 0.2])
        assert objects.classes.sum() == pytest.approx(0.6) and objects.asked.tolist() == [True]
        first += across**2


def test_nothing_is_seen_where_no_cell_is_sure_enough(fake):
    fake.graph.answer[0, :, 4], fake.graph.answer[0, :, 5] = 1.0, FAINTEST * 0.99
    objects = answered(fake)
    assert (objects.boxes.shape, objects.classes.shape, objects.asked.shape) == ((0, 4), (0, 80), (0,))


@pytest.mark.parametrize("seed", range(4))
def test_torchvision_keeps_the_same_of_many(fake, seed):
    generator = torch.Generator().manual_seed(seed)
    said = torch.rand(1, CELLS, 85, generator=generator)
    said[..., 2:4] = 1 + said[..., 2:4] / 2
    said[..., 5:] = said[..., 5:] ** 8 * (torch.arange(80) % 40 == 3)  # two classes, so that boxes of one meet
    fake.graph.answer = said
    objects = answered(fake)
    cells = [(x, y, s) for s in STRIDES for y in range(SIDE // s) for x in range(SIDE // s)]
    place, stride = torch.tensor([cell[:2] for cell in cells]), torch.tensor([[cell[2]] for cell in cells])
    boxes = torch.cat([(said[0, :, :2] + place) * stride, said[0, :, 2:4].exp() * stride], 1)
    boxes = ops.box_convert(boxes, "cxcywh", "xyxy")
    certainty, label = (said[0, :, 4:5] * said[0, :, 5:]).max(1)
    best = certainty.argsort(descending=True)[:MOST]
    best = best[certainty[best] > FAINTEST]
    kept = best[ops.batched_nms(boxes[best], certainty[best], label[best], OVERLAP)]
    assert 5 < len(kept) < len(best)
    torch.testing.assert_close(objects.certainty, certainty[kept])
    torch.testing.assert_close(objects.boxes, boxes[kept])


def test_a_small_picture_has_fewer_cells_than_would_be_kept(fake):
    fake.graph.answer = torch.zeros(1, 21, 85)
    fake.graph.answer[0, 20, 4:6] = 1.0
    (objects,) = fake(torch.rand(1, 3, 32, 32))
    assert objects.boxes.tolist() == [[-16, -16, 16, 16]]


def test_it_sees_what_the_material_s_own_reader_sees(material):
    image = Image.open(next(iter(sorted((material / "coco128" / "images").glob("*.jpg")))))
    network = teacher.material(material).YoloxNano()
    x, scale = network.prepare(image)
    pixels = x * torch.tensor(DEVIATION).view(1, 3, 1, 1) + torch.tensor(MEAN).view(1, 3, 1, 1)
    (objects,) = Yolox(material)(pixels)
    sure = objects.certainty > 0.3
    ours = torch.cat([objects.boxes[sure] / scale, objects.certainty[sure, None]], 1)
    labels = objects.classes[sure].argmax(1)
    boxes, scores, theirs = (torch.from_numpy(part) for part in network.detect(image, threshold=0.3, iou=OVERLAP))
    assert len(labels) > 0 and len(labels) == len(theirs)
    assert labels.tolist() == theirs.tolist()
    torch.testing.assert_close(ours, torch.cat([boxes, scores[:, None]], 1), rtol=1e-3, atol=1e-2)
