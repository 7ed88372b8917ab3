"""The detector: boxes in pixels of the picture as it stands, whatever its shape and however it was turned."""

import io
import subprocess
import sys

import numpy as np
import pytest
import torch
from PIL import Image, ImageOps
from torch import nn

from app.algorithms.vision.detection.anchors import PER_CELL, anchors
from app.algorithms.vision.detection.boxes import centres, moved, offsets
from app.algorithms.vision.detection.detector import GREY, SIZE, Detector, named, prepared
from app.algorithms.vision.detection.matching import match
from app.algorithms.vision.images import decode
from app.algorithms.vision.networks.detector import Raw, SingleShot

CLASSES = ("red", "green", "blue")


class Painted(nn.Module):
    """Knows its answer from the colours: the anchors that match a red, green or blue rectangle move onto it."""

    def forward(self, x):
        h, w = x.shape[-2:]
        standing = anchors(h, w)
        raw = Raw(torch.zeros(1, len(standing), 4), torch.full((1, len(standing), 3), -20.0))
        for label in range(3):
            others = [other for other in range(3) if other != label]
            ys, xs = torch.where((x[0, label] > 0.5) & (x[0, others] < 0.3).all(0))
            if not len(xs):
                continue
            box = torch.tensor([[xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]]).float()
            owners = match(standing, box).objects >= 0
            raw.offsets[0, owners] = offsets(standing[owners], box.expand(int(owners.sum()), 4))
            raw.logits[0, owners, label] = 3.0 - label
        return raw


def painted(w, h, **boxes):
    picture = np.full((h, w, 3), 90, np.uint8)
    for name, (x0, y0, x1, y1) in boxes.items():
        picture[y0:y1, x0:x1] = np.eye(3, dtype=np.uint8)[CLASSES.index(name)] * 255
    return Image.fromarray(picture)


@pytest.fixture
def detector():
    return Detector(Painted(), CLASSES)


@pytest.fixture(scope="module")
def wild():
    """A network with random weights that sees something everywhere."""
    torch.manual_seed(0)
    network = SingleShot(3, PER_CELL).requires_grad_(False)
    for head in network.heads:
        nn.init.normal_(head.logits.weight, std=1.0)  # more would make most scores a round 1
        nn.init.normal_(head.offsets.weight, std=3.0)
        nn.init.zeros_(head.logits.bias)
    return Detector(network, CLASSES)


@pytest.mark.parametrize("size", [(640, 427), (427, 640), (300, 300), (900, 200), (200, 900), (64, 48)])
def test_boxes_are_in_pixels_of_the_picture(detector, size):
    w, h = size
    red, blue = (w // 10, h // 8, w // 3, h // 2), (w // 2, h // 3, w - 1, h)
    found = detector.detect(painted(w, h, red=red, blue=blue))
    assert [seen.label for seen in found] == ["red", "blue"]
    for seen, box in zip(found, (red, blue), strict=True):
        assert seen.box == pytest.approx(box, abs=1 + max(size) / SIZE)
    assert [seen.score for seen in found] == pytest.approx(torch.tensor([3.0, 1.0]).sigmoid().tolist())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_photographs_have_boxes_in_the_upright_picture(detector, orientation):
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    painted(320, 200, green=(20, 30, 120, 90)).save(file, "PNG", exif=exif)
    upright = decode(file.getvalue(), max_side=640)
    ys, xs = np.where(np.asarray(upright)[..., 1] > 200)
    (found,) = detector.detect(upright)
    assert found.box == pytest.approx((xs.min(), ys.min(), xs.max() + 1, ys.max() + 1), abs=2)


@pytest.mark.parametrize("mode", ["L", "RGBA", "P"])
def test_pictures_of_other_kinds_are_taken(wild, mode):
    picture = painted(90, 60, red=(10, 10, 40, 40)).convert(mode)
    assert wild.detect(picture, size=96) == wild.detect(picture.convert("RGB"), size=96)


@pytest.mark.parametrize("size", [(160, 90), (33, 200), (1, 1), (5, 3)])
def test_boxes_end_at_the_edges_and_come_best_first(wild, size):
    w, h = size
    found = wild.detect(painted(w, h), size=128, threshold=0.1)
    assert found
    assert all(0 <= seen.box[0] <= seen.box[2] <= w and 0 <= seen.box[1] <= seen.box[3] <= h for seen in found)
    assert [seen.score for seen in found] == sorted((seen.score for seen in found), reverse=True)


def test_what_is_asked_for_is_kept_to(wild):
    picture = painted(120, 90)
    counts = [len(wild.detect(picture, size=96, threshold=threshold)) for threshold in (0.2, 0.6, 0.9, 1.0)]
    assert counts == sorted(counts, reverse=True) and counts[0] > counts[-1] == 0
    assert all(seen.score > 0.6 for seen in wild.detect(picture, size=96, threshold=0.6))
    assert len(wild.detect(picture, size=96, threshold=0.1, most=3)) == 3
    few, many = (len(wild.detect(picture, size=96, threshold=0.3, overlap=overlap)) for overlap in (0.1, 1.0))
    assert few < many


def test_small_boxes_are_left_out_by_their_share_of_the_picture(wild):
    picture = painted(120, 90)
    every, large = (wild.detect(picture, size=96, threshold=0.3, most=1000, smallest=least) for least in (0.0, 0.4))
    assert 0 < len(large) < len(every)
    assert all(seen in every for seen in large)


@pytest.mark.parametrize(
    ("argument", "value"), [("threshold", 0.0), ("threshold", 1.1), ("overlap", -0.5), ("overlap", 2.0), ("size", 10)]
)
def test_arguments_out_of_range_are_sentences(wild, argument, value):
    with pytest.raises(ValueError, match=rf"The {argument} must be .*, not {value}"):
        wild.detect(painted(40, 30), **{argument: value})


def test_every_anchor_answers(wild):
    answers = wild.raw(painted(200, 100), size=128)
    count = len(anchors(*answers.size))
    assert answers.size == (64, 128)
    assert answers.anchors.shape == answers.boxes.shape == answers.offsets.shape == (count, 4)
    assert answers.scores.shape == (count, 3)
    assert answers.scores.min() >= 0 and answers.scores.max() <= 1
    # The same in pixels of the picture: anchors lie where they stand, and boxes where their offsets move them.
    assert torch.allclose(centres(answers.anchors) * answers.scale, anchors(*answers.size), atol=1e-3)
    assert torch.allclose(answers.boxes * answers.scale, moved(anchors(*answers.size), answers.offsets), atol=1e-2)


def test_what_is_detected_is_among_the_answers(wild):
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (110, 150, 3), dtype=np.uint8))
    answers, found = wild.raw(picture, size=96), wild.detect(picture, size=96, threshold=0.5)
    assert found
    for seen in found:
        anchors_of = torch.isclose(answers.scores[:, CLASSES.index(seen.label)], torch.tensor(seen.score), atol=1e-6)
        boxes = answers.boxes[anchors_of].clamp_min(0).minimum(torch.tensor([150, 110, 150, 110]))
        assert torch.isclose(boxes, torch.tensor(seen.box), atol=1e-2).all(1).any()


@pytest.mark.parametrize(("w", "h", "seen"), [(640, 427, (320, 480)), (427, 640, (480, 320)), (10, 10, (480, 480))])
def test_pictures_are_scaled_without_being_stretched_and_filled_up_with_grey(w, h, seen):
    x, scale = prepared(Image.new("RGB", (w, h), "white"))
    rows, columns = round(h * scale), round(w * scale)
    assert x.shape == (1, 3, *seen) and x.dtype == torch.uint8
    assert scale == pytest.approx(SIZE / max(w, h))
    assert (x[..., :rows, :columns] == 255).all()
    assert (x[..., rows:, :] == GREY).all() and (x[..., columns:] == GREY).all()


def test_boxes_outside_the_picture_are_left_out():
    found = torch.tensor([[500.0, 10, 600, 20], [10.0, 10, 20, 20]]), torch.tensor([0.9, 0.8]), torch.tensor([0, 1])
    assert [each.label for each in named(found, CLASSES, (400, 400), 1.0)] == ["green"]


def test_the_names_of_the_classes_need_no_torch():
    code = "import sys; from app.algorithms.vision.detection.classes import COCO; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_stored_orientation_is_obeyed_without_decoding_apart(detector, orientation):
    picture = painted(120, 90, red=(10, 20, 60, 70))
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    picture.save(file, "PNG", exif=exif)
    as_stored = Image.open(file)
    turned = ImageOps.exif_transpose(as_stored)
    (seen,), (expected,) = detector.detect(as_stored), detector.detect(turned)
    assert seen == expected
    assert detector.raw(as_stored).boxes.equal(detector.raw(turned).boxes)
