"""The shim: torchvision loads, and its stand-in keeps the boxes that the definition keeps."""

import subprocess
import sys

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from app.algorithms.vision import torchvision_shim
from app.algorithms.vision.torchvision_shim import nms

import torchvision.ops  # isort: skip


def overlap(first: list[float], second: list[float]) -> float:
    w = max(0.0, min(first[2], second[2]) - max(first[0], second[0]))
    h = max(0.0, min(first[3], second[3]) - max(first[1], second[1]))
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (first, second)]
    return w * h / (sum(areas) - w * h)


def naive(boxes: list[list[float]], scores: list[float], threshold: float) -> list[int]:
    kept: list[int] = []
    for index in sorted(range(len(boxes)), key=lambda index: -scores[index]):
        if all(overlap(boxes[index], boxes[other]) <= threshold for other in kept):
            kept.append(index)
    return kept


BOXES = st.lists(st.tuples(*[st.integers(0, 20)] * 2, *[st.integers(1, 15)] * 2), max_size=30)


@settings(deadline=None)
@given(BOXES, st.integers(0, 1000), st.sampled_from([0.0, 0.3, 0.5, 0.9]))
def test_nms_keeps_what_the_definition_keeps(places, seed, threshold):
    boxes = [[float(x), float(y), float(x + w), float(y + h)] for x, y, w, h in places]
    scores = torch.rand(len(boxes), generator=torch.Generator().manual_seed(seed))
    given_boxes = torch.tensor(boxes).reshape(-1, 4)
    expected = naive(boxes, scores.tolist(), threshold)
    assert nms(given_boxes, scores, threshold).tolist() == expected
    assert torchvision.ops.nms(given_boxes, scores, threshold).tolist() == expected


def test_detection_models_run():
    from torchvision.models.detection import ssdlite320_mobilenet_v3_large

    torch.manual_seed(0)
    model = ssdlite320_mobilenet_v3_large(weights=None, weights_backbone=None, num_classes=3).eval()
    with torch.no_grad():
        (found,) = model([torch.rand(3, 64, 64)])
    assert set(found) == {"boxes", "scores", "labels"}


def test_real_operators_are_left_alone():
    """Where torchvision's own operators load, nothing is declared: here they are played by another library."""
    script = """
import sys, types, torch
real = torch.library.Library("torchvision", "FRAGMENT")
sys.modules["torchvision"] = types.ModuleType("torchvision")
from app.algorithms.vision import torchvision_shim
assert torchvision_shim._library is None
assert not hasattr(torch.ops.torchvision, "nms")
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)


def test_installing_twice_changes_nothing():
    before = torchvision.ops.nms
    assert torchvision_shim.install() is None
    import torchvision as again

    assert again.ops.nms is before
