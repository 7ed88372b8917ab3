"""The losses that the bench shows of single anchors: together they are the training's own loss of the picture."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from app.algorithms.vision.detection.boxes import generalised_iou, moved, offsets
from app.algorithms.vision.detection.loss import FAINT, Objects, detection_loss, focal_loss
from app.algorithms.vision.detection.matching import IGNORED, NOTHING, Matches
from app.algorithms.vision.networks.detector import Raw, logit
from tests.demos.detection.node import answers, needs_node
from training.detector import BOXES

pytestmark = needs_node
CLASSES, ANCHORS = 80, 40
LOSS = """cases.map(({ anchor, offsets, said, owner, object }) =>
    it.anchorLoss(it.moved(anchor, offsets), said, owner, object, 80))"""


class Scene:
    """Anchors, two objects, and what a network might say of them: mostly something faint."""

    def __init__(self, seed: int, *, faint: float) -> None:
        random = torch.Generator().manual_seed(seed)
        self.anchors = torch.rand(ANCHORS, 4, generator=random) * 100 + 20
        self.boxes = torch.tensor([[10.0, 20, 90, 120], [60.0, 50, 200, 90]])
        self.labels = [int(label) for label in torch.randint(CLASSES, (2,), generator=random)]
        self.owner = torch.randint(-2, 2, (ANCHORS,), generator=random)
        perfect = offsets(self.anchors, self.boxes[self.owner.clamp_min(0)])
        self.offsets = perfect + torch.randn(ANCHORS, 4, generator=random)
        self.logits = torch.randn(ANCHORS, CLASSES, generator=random) * 2 - 3
        quiet = torch.rand(ANCHORS, CLASSES, generator=random) < 0.8
        self.logits[quiet | (self.logits <= logit(FAINT))] = faint

    def loss(self) -> dict[str, torch.Tensor]:
        certain = torch.nn.functional.one_hot(torch.tensor(self.labels), CLASSES).float()
        objects = Objects(self.boxes, certain, torch.ones(2, dtype=torch.bool))
        raw = Raw(self.offsets[None], self.logits[None])
        matches = Matches(self.owner, torch.zeros(ANCHORS))
        return detection_loss(raw, self.anchors, [objects], [matches], by_quality=True)

    def cases(self) -> list[dict[str, object]]:
        loud = self.logits > logit(FAINT)
        return [
            {
                "anchor": self.anchors[i].tolist(),
                "offsets": self.offsets[i].tolist(),
                "said": [[int(k), self.logits[i, k].item()] for k in loud[i].nonzero().flatten()],
                "owner": owner,
                "object": {"box": self.boxes[owner].tolist(), "label": self.labels[owner]} if owner >= 0 else None,
            }
            for i, owner in enumerate(self.owner.tolist())
        ]


@pytest.mark.parametrize("seed", range(5))
def test_the_losses_of_all_anchors_add_up_to_the_trainings(seed: int) -> None:
    # At FAINT itself the bound is the truth, and nothing has to be guessed.
    scene = Scene(seed, faint=logit(FAINT) - 1e-6)
    told, wanted = answers("loss.js", LOSS, scene.cases()), scene.loss()
    certainty = max(1, int((scene.owner >= 0).sum()))
    assert sum(one["loss"] for one in told) / certainty == pytest.approx(wanted["classes"].item(), abs=1e-4)
    assert sum(one["box"] or 0 for one in told) / certainty == pytest.approx(wanted["boxes"].item(), abs=1e-4)


@pytest.mark.parametrize("seed", range(5))
def test_where_faint_scores_are_unknown_the_loss_is_bounded_as_it_says(seed: int) -> None:
    scene = Scene(seed, faint=-15.0)
    told = answers("loss.js", LOSS, scene.cases())
    exact = focal_loss(scene.logits.double(), _targets(scene, told).double()).sum(1)
    for one, owner, true in zip(told, scene.owner.tolist(), exact.tolist(), strict=True):
        if owner == IGNORED:
            assert (one["loss"], one["bound"], one["box"]) == (0, "", None)
        elif owner == NOTHING:
            assert one["bound"] == "" and one["loss"] == pytest.approx(true, abs=1e-4)
        elif one["bound"] == "≤":
            assert true <= one["loss"] <= true + 1e-4
        else:
            assert one["bound"] == "≥" and one["loss"] <= true
    assert {one["bound"] for one in told} == {"", "≤", "≥"}


def _targets(scene: Scene, told: list[dict[str, float]]) -> torch.Tensor:
    found = moved(scene.anchors, scene.offsets)
    targets = torch.zeros(ANCHORS, CLASSES)
    for i, owner in enumerate(scene.owner.tolist()):
        if owner >= 0:
            box = scene.boxes[owner]
            start, end = torch.maximum(found[i, :2], box[:2]), torch.minimum(found[i, 2:], box[2:])
            shared = (end - start).clamp_min(0).prod()
            union = (found[i, 2:] - found[i, :2]).prod() + (box[2:] - box[:2]).prod() - shared
            targets[i, scene.labels[owner]] = shared / union
            apart = 1 - generalised_iou(found[i : i + 1], box[None]).item()
            assert told[i]["box"] == pytest.approx(apart, abs=1e-4)
    return targets


def test_the_constants_are_the_trainings() -> None:
    assert answers("loss.js", "[it.FAINT, it.BOXES]", None) == [FAINT, BOXES]
    assert np.isclose(answers("loss.js", "it.sigmoid(cases)", 0.3), torch.tensor(0.3).sigmoid().item())
