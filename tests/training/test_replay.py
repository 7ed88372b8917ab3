"""The replay: what sixteen anchors said on the way, from nothing to the shipped photographs' people."""

import json

import numpy as np
import pytest
import torch
from PIL import Image

from app.algorithms.vision.detection.boxes import iou
from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.detection.detector import Detector
from app.algorithms.vision.networks.detector import Trunk
from app.algorithms.vision.networks.stages import Stages
from app.demos.detection.demo import HERE
from training.labelled import labelled
from training.mosaics import Share
from training.photographs import photograph
from training.replay import NAMES, STOPS, boxes, replay

KEPT = json.loads((HERE / "replay.json").read_text())


def squares():
    random = np.random.default_rng(0)
    for _ in range(6):
        picture = np.full((64, 64, 3), 90, np.uint8)
        x, y = (int(place) for place in random.integers(30, size=2))
        picture[y : y + 30, x : x + 30, 0] = 255
        yield labelled(picture, [(x, y, x + 30, y + 30)], [0], [False])


def test_a_replay_has_sixteen_boxes_a_step_and_goes_on_where_the_last_step_ended(tmp_path):
    torch.manual_seed(0)
    trunk = Trunk().eval().requires_grad_(False)
    how = {"pictures": {"grey": Image.new("RGB", (60, 40), "grey")}, "batch": 2, "side": 96, "workers": 0}
    shares, classes = [Share(list(squares()), 1, known=True)], ("square", "circle")

    def told(name, stops):
        torch.manual_seed(1)
        return replay(shares, None, trunk, classes, tmp_path / name, stops=stops, **how)

    whole = told("whole", (0, 2, 4))
    assert whole["steps"] == [0, 2, 4]
    assert np.array(whole["pictures"]["grey"]["boxes"]).shape == (3, 16, 6)
    assert whole["pictures"]["grey"]["size"] == (60, 40)
    assert set(whole["classes"]) <= set(classes)
    assert told("less", (0, 4))["pictures"]["grey"]["boxes"][1] == whole["pictures"]["grey"]["boxes"][2]


def test_the_kept_replay_begins_with_nothing_known():
    torch.manual_seed(0)
    stages, trunk = Stages(len(COCO)), Detector.load("cpu").network.trunk
    for name in NAMES:
        first = np.array(boxes(stages, trunk, photograph(name)))
        kept = np.array(KEPT["pictures"][name]["boxes"][0])
        assert np.abs(first[:, :4] - kept[:, :4]).max() <= 2
        assert np.abs(first[:, 5] - kept[:, 5]).max() <= 2
        assert kept[:, 5].max() < 30


def test_the_kept_replay_ends_with_the_astronaut_found():
    assert tuple(KEPT["steps"]) == STOPS
    sure = max(KEPT["pictures"]["astronaut"]["boxes"][-1], key=lambda box: box[5])
    assert KEPT["classes"][sure[4]] == "person"
    best = next(seen for seen in Detector.load("cpu").detect(photograph("astronaut")) if seen.label == "person")
    assert iou(torch.tensor([sure[:4]]).float(), torch.tensor([best.box])).item() > 0.7


@pytest.mark.parametrize("name", NAMES)
def test_boxes_condense(name):
    """The sixteen stand in their cells at first; in the end the surest have moved to the same place."""
    steps = [torch.tensor(step).float() for step in KEPT["pictures"][name]["boxes"]]
    spread = [_agreement(step) for step in (steps[0], steps[-1])]
    assert spread[1] > spread[0] + 0.2


def _agreement(step):
    surest = step[step[:, 5].argsort(descending=True)][:4, :4]
    return iou(surest, surest).mean().item()
