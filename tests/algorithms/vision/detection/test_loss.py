"""The loss: torchvision's where targets are certain, a loop over anchors, and who gets a gradient at all."""

import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.detection.boxes import moved, offsets
from app.algorithms.vision.detection.loss import FAINT, Objects, detection_loss, focal_loss
from app.algorithms.vision.detection.matching import IGNORED, NOTHING, Matches
from app.algorithms.vision.networks.detector import Raw

from torchvision import ops  # isort: skip

ANCHORS = torch.tensor(
    [[10.0, 10.0, 8.0, 8.0], [20.0, 10.0, 8.0, 16.0], [30.0, 30.0, 20.0, 10.0], [40.0, 12.0, 6.0, 6.0]]
)
FAR_BELOW = math.log(FAINT / (1 - FAINT)) - 1
# Two pictures, of two objects and one: which anchor answers for which.
OWNERS = torch.tensor([[1, NOTHING, 0, IGNORED], [NOTHING, 0, 0, NOTHING]])


def objects() -> list[Objects]:
    first = Objects(
        torch.tensor([[20.0, 24.0, 42.0, 36.0], [5.0, 6.0, 15.0, 13.0]]),
        torch.tensor([[0.0, 1.0, 0.0], [0.4, 0.1, 0.0]]),
        torch.ones(2, dtype=torch.bool),
    )
    second = Objects(
        torch.tensor([[15.0, 2.0, 25.0, 20.0]]), torch.tensor([[0.0, 0.0, 0.7]]), torch.ones(1, dtype=torch.bool)
    )
    return [first, second]


def matches() -> list[Matches]:
    return [Matches(owners, torch.zeros(4)) for owners in OWNERS]


def answers(seed: int) -> Raw:
    generator = torch.Generator().manual_seed(seed)
    return Raw(torch.randn((2, 4, 4), generator=generator), torch.randn((2, 4, 3), generator=generator))


def one_by_one(raw: Raw) -> tuple[float, float]:
    """Losses of classes and boxes, anchor by anchor."""
    wrong, apart, certainty = 0.0, 0.0, 0.0
    for picture, seen in enumerate(objects()):
        for anchor, owner in enumerate(OWNERS[picture].tolist()):
            if owner == IGNORED:
                continue
            target = torch.zeros(3) if owner == NOTHING else seen.classes[owner]
            score = raw.logits[picture, anchor].sigmoid()
            entropy = functional.binary_cross_entropy(score, target, reduction="none")
            wrong += float(((target - score) ** 2 * entropy).sum())
            if owner != NOTHING:
                found = moved(ANCHORS[anchor : anchor + 1], raw.offsets[picture, anchor][None])
                away = ops.generalized_box_iou_loss(found, seen.boxes[owner][None])
                apart, certainty = apart + float(away * target.max()), certainty + float(target.max())
    return wrong / max(certainty, 1), apart / max(certainty, 1)


def perfect(classes: list[Objects]) -> Raw:
    """What a network would say that knows everything."""
    raw = Raw(torch.zeros(2, 4, 4), torch.full((2, 4, 3), -30.0))
    for picture, anchor in (OWNERS >= 0).nonzero().tolist():
        owner = OWNERS[picture, anchor]
        raw.offsets[picture, anchor] = offsets(ANCHORS[anchor][None], classes[picture].boxes[owner][None])[0]
        raw.logits[picture, anchor] = classes[picture].classes[owner].logit(eps=1e-6)
    return raw


@pytest.mark.parametrize("gamma", [0.0, 1.0, 2.0])
def test_torchvision_agrees_where_targets_are_certain(gamma):
    logits = torch.linspace(-12, 12, 97).repeat(2)
    targets = torch.arange(2.0).repeat_interleave(97)
    expected = ops.sigmoid_focal_loss(logits, targets, alpha=-1, gamma=gamma)
    assert torch.allclose(focal_loss(logits, targets, gamma), expected, rtol=1e-4, atol=1e-9)


@pytest.mark.parametrize("target", [0.1, 0.5, 0.8])
def test_of_a_guess_the_loss_is_least_at_the_guess(target):
    scores = torch.linspace(0.01, 0.99, 99)
    losses = focal_loss(scores.logit(), torch.full((99,), target))
    assert scores[losses.argmin()] == pytest.approx(target, abs=1e-6)
    assert (losses[scores < target].diff() < 0).all() and (losses[scores > target].diff() > 0).all()


def test_easy_answers_are_turned_down():
    logits, nothing = torch.tensor([-4.0, 0.0]), torch.zeros(2)
    focal, plain = (focal_loss(logits, nothing, gamma) for gamma in (2.0, 0.0))
    assert focal[0] / plain[0] < focal[1] / plain[1] / 500


@pytest.mark.parametrize("seed", range(5))
def test_a_loop_agrees(seed):
    raw = answers(seed)
    losses = detection_loss(raw, ANCHORS, objects(), matches())
    assert (losses["classes"].item(), losses["boxes"].item()) == pytest.approx(one_by_one(raw), rel=1e-4)


def test_knowing_everything_costs_nothing_and_anything_else_does():
    raw = perfect(objects())
    losses = detection_loss(raw, ANCHORS, objects(), matches())
    assert losses["boxes"].item() == pytest.approx(0, abs=1e-5)
    assert losses["classes"].item() == pytest.approx(0, abs=1e-5)
    shifted = detection_loss(Raw(raw.offsets + 0.5, raw.logits), ANCHORS, objects(), matches())
    doubtful = detection_loss(Raw(raw.offsets, raw.logits + 3), ANCHORS, objects(), matches())
    assert shifted["boxes"] > 0.01 and shifted["classes"] == losses["classes"]
    assert doubtful["classes"] > 0.01 and doubtful["boxes"] == losses["boxes"]


def gradients(raw: Raw) -> tuple[Tensor, Tensor]:
    moved_by, said = raw.offsets.clone().requires_grad_(), raw.logits.clone().requires_grad_()
    losses = detection_loss(Raw(moved_by, said), ANCHORS, objects(), matches())
    (losses["classes"] + losses["boxes"]).backward()
    assert moved_by.grad is not None and said.grad is not None
    return moved_by.grad, said.grad


def test_only_anchors_that_answer_for_an_object_are_moved():
    of_offsets, of_logits = gradients(answers(0))
    assert torch.equal(of_offsets.abs().sum(2) > 0, OWNERS >= 0)
    assert torch.equal(of_logits.abs().sum(2) > 0, OWNERS != IGNORED)
    assert (of_logits[OWNERS == NOTHING] > 0).all()  # down with what they say


def test_faint_answers_are_spared_only_where_there_is_nothing():
    raw = answers(0)
    _, of_logits = gradients(Raw(raw.offsets, torch.full_like(raw.logits, FAR_BELOW)))
    assert not of_logits[OWNERS == NOTHING].any()
    sure = torch.stack(
        [seen.classes[owner] for seen, row in zip(objects(), OWNERS, strict=True) for owner in row if owner >= 0]
    )
    assert torch.equal(of_logits[OWNERS >= 0] < 0, sure > 0.05)


def test_pictures_without_objects_have_a_loss():
    empty = [Objects(torch.empty(0, 4), torch.empty(0, 3), torch.empty(0, dtype=torch.bool))] * 2
    nothing = [Matches(torch.full((4,), NOTHING), torch.zeros(4))] * 2
    losses = detection_loss(answers(0), ANCHORS, empty, nothing)
    assert losses["boxes"] == 0 and losses["classes"] > 0


def test_by_quality_a_score_may_be_no_higher_than_its_box_is_good():
    raw = perfect(objects())
    good = detection_loss(raw, ANCHORS, objects(), matches(), by_quality=True)
    assert good["classes"].item() == pytest.approx(0, abs=1e-5)
    shifted = raw.offsets + 0.5
    found = [[moved(ANCHORS, shifted[picture])[anchor] for anchor in range(4)] for picture in range(2)]
    humbler = raw.logits.clone()
    for picture, anchor in (OWNERS >= 0).nonzero().tolist():
        seen, owner = objects()[picture], OWNERS[picture, anchor]
        overlap = ops.box_iou(found[picture][anchor][None], seen.boxes[owner][None])[0, 0]
        humbler[picture, anchor] = (seen.classes[owner] * overlap).logit(eps=1e-6)
    losses = [
        detection_loss(Raw(shifted, logits), ANCHORS, objects(), matches(), by_quality=True)
        for logits in (raw.logits, humbler)
    ]
    assert losses[0]["classes"] > 0.01
    assert losses[1]["classes"].item() == pytest.approx(0, abs=1e-5)
    assert (
        losses[0]["boxes"]
        == losses[1]["boxes"]
        == detection_loss(Raw(shifted, raw.logits), ANCHORS, objects(), matches())["boxes"]
    )
