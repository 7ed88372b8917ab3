"""Decoding: torchvision's suppression agrees bit for bit, and loops over every anchor and class do too."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from app.algorithms.vision import torchvision_shim  # noqa: F401
from app.algorithms.vision.detection import decode as decoding
from app.algorithms.vision.detection.boxes import iou, moved
from app.algorithms.vision.detection.decode import (
    LOWEST,
    SUPPRESSIONS,
    Candidates,
    candidates,
    decode,
    nms,
    soft_nms,
    suppress,
)

from torchvision import ops  # isort: skip

SMALL, SIDE = st.integers(0, 8), st.integers(1, 8)
# Coarse boxes and few scores: overlaps of exactly a half and equal scores are ordinary.
ROW = st.tuples(SMALL, SMALL, SIDE, SIDE, st.sampled_from((0.1, 0.5, 0.9)), st.integers(0, 2))
NOTHING = torch.empty(0, dtype=torch.int64)


def drawn(count: int, seed: int) -> tuple[Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    start, side = torch.rand((2, count, 2), generator=generator) * 50
    scores, labels = torch.rand(count, generator=generator), torch.randint(0, 4, (count,), generator=generator)
    return torch.cat([start, start + side + 5], 1), scores, labels


@settings(max_examples=300, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25))
def test_torchvision_keeps_the_same(rows):
    table = torch.tensor(rows)
    boxes, scores, labels = torch.cat([table[:, :2], table[:, :2] + table[:, 2:4]], 1), table[:, 4], table[:, 5].long()
    assert torch.equal(nms(boxes, scores, 0.5), ops.nms(boxes, scores, 0.5))
    assert torch.equal(nms(boxes, scores, 0.5, labels), ops.batched_nms(boxes, scores, labels, 0.5))


@pytest.mark.parametrize("overlap", [0.05, 0.3, 0.6, 0.95])
def test_torchvision_keeps_the_same_of_many(overlap):
    boxes, scores, labels = drawn(600, 0)
    kept = nms(boxes, scores, overlap)
    assert torch.equal(kept, ops.nms(boxes, scores, overlap))
    assert torch.equal(nms(boxes, scores, overlap, labels), ops.batched_nms(boxes, scores, labels, overlap))
    assert iou(boxes[kept], boxes[kept]).triu(1).max() <= overlap
    assert torch.equal(nms(boxes[kept], scores[kept], overlap), torch.arange(len(kept)))


def test_what_was_dropped_drops_nothing():
    boxes = torch.tensor(
        [[0.0, 0.0, 10.0, 10.0], [4.0, 0.0, 14.0, 10.0], [8.0, 0.0, 18.0, 10.0], [12.0, 0.0, 22.0, 10.0]]
    )
    scores = torch.tensor([0.9, 0.8, 0.7, 0.6])
    assert nms(boxes, scores, 0.4).tolist() == [0, 2]
    assert nms(boxes, scores, 0.4, torch.tensor([0, 1, 0, 1])).tolist() == [0, 1, 2, 3]


def test_of_nothing_nothing_is_kept():
    assert torch.equal(nms(torch.empty(0, 4), torch.empty(0), 0.5), NOTHING)
    assert torch.equal(nms(torch.empty(0, 4), torch.empty(0), 0.5, NOTHING), NOTHING)


def answers(seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """Anchors (60, 4) as centres, offsets (60, 4) and logits (60, 4), crowded enough for boxes to drop each other."""
    generator = torch.Generator().manual_seed(seed)
    centres = torch.rand((60, 2), generator=generator) * 40
    standing = torch.cat([centres, torch.full((60, 2), 20.0)], 1)
    return standing, torch.randn((60, 4), generator=generator), torch.randn((60, 4), generator=generator) * 2


def one_by_one(standing, offsets, logits, threshold, overlap):
    """Greedy suppression by hand: (score, anchor, label) of what is kept, best first."""
    boxes, scores = moved(standing, offsets), logits.sigmoid()
    pairs = [(float(scores[a, c]), a, c) for a in range(len(scores)) for c in range(scores.shape[1])]
    kept: list[tuple[float, int, int]] = []
    for pair in sorted((pair for pair in pairs if pair[0] > threshold), reverse=True):
        _, a, c = pair
        if all(c != other or iou(boxes[a : a + 1], boxes[b : b + 1]).item() <= overlap for _, b, other in kept):
            kept.append(pair)
    return kept


@pytest.mark.parametrize("seed", range(6))
def test_a_loop_agrees(seed):
    standing, offsets, logits = answers(seed)
    kept = one_by_one(standing, offsets, logits, 0.4, 0.5)
    boxes, scores, labels = decode(standing, offsets, logits, threshold=0.4, overlap=0.5)
    assert 0 < len(kept) < (logits.sigmoid() > 0.4).sum()
    assert scores.tolist() == [score for score, _, _ in kept]
    assert labels.tolist() == [label for _, _, label in kept]
    assert torch.equal(boxes, moved(standing, offsets)[[anchor for _, anchor, _ in kept]])


def test_at_most_so_many_and_those_are_the_best():
    standing, offsets, logits = answers(0)
    whole, few = (decode(standing, offsets, logits, threshold=0.2, most=most) for most in (100, 7))
    assert len(few[0]) == 7
    assert all(torch.equal(part, every[:7]) for part, every in zip(few, whole, strict=True))


def test_only_the_best_candidates_are_looked_at(monkeypatch):
    standing, offsets, logits = answers(1)
    monkeypatch.setattr(decoding, "CANDIDATES", 12)
    least = logits.flatten().topk(13).values[-1].sigmoid().item()
    expected = one_by_one(standing, offsets, logits, least, 0.5)
    assert decode(standing, offsets, logits, threshold=0.01, overlap=0.5)[1].tolist() == [row[0] for row in expected]


def test_a_higher_threshold_finds_no_more():
    standing, offsets, logits = answers(2)
    found = [decode(standing, offsets, logits, threshold=threshold)[1] for threshold in (0.1, 0.5, 0.9, 1.0)]
    counts = [len(scores) for scores in found]
    assert counts == sorted(counts, reverse=True) and counts[-1] == 0
    # A box only drops those less sure than itself, so what is below the threshold is missed by none above it.
    assert torch.equal(found[1], found[0][found[0] > 0.5])


def test_three_fifths_is_not_more_than_three_fifths_nor_three_tenths_above_three_tenths():
    boxes = torch.tensor([[0.0, 0.0, 8.0, 1.0], [2.0, 0.0, 10.0, 1.0]])
    assert iou(boxes, boxes)[0, 1] == torch.tensor(0.6)
    scores = torch.tensor([0.9, 0.3])
    assert nms(boxes, scores, 0.6).tolist() == [0, 1]
    two = Candidates(boxes, scores, torch.zeros(2).long(), torch.arange(2), scores.logit())
    assert (
        suppress(two, threshold=0.3)[0].tolist() == suppress(two, threshold=0.3, suppression="soft")[0].tolist() == [0]
    )


def softly(boxes, scores, labels, variance, threshold):
    """Bodla et al.'s loop in Python's own numbers: (index, lowered score), best first."""
    left = dict(enumerate(scores.tolist()))
    kept = []
    while left := {index: score for index, score in left.items() if score > threshold}:
        best = max(left, key=lambda index: left[index])
        kept.append((best, left.pop(best)))
        for index in left:
            if labels[index] == labels[best]:
                left[index] *= math.exp(-(iou(boxes[best : best + 1], boxes[index : index + 1]).item() ** 2) / variance)
    return kept


@pytest.mark.parametrize("variance", [0.05, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_loop_agrees_on_soft_suppression(seed, variance):
    boxes, scores, labels = drawn(60, seed)
    kept = softly(boxes, scores, labels, variance, 0.2)
    places, lowered = soft_nms(boxes, scores, variance, labels, 0.2)
    assert 0 < len(kept) < int((scores > 0.2).sum())
    assert places.tolist() == [index for index, _ in kept]
    assert lowered.tolist() == pytest.approx([score for _, score in kept], rel=1e-6)


def test_softly_a_box_alone_keeps_its_score_and_no_score_rises():
    boxes, scores, labels = drawn(80, 4)
    places, lowered = soft_nms(boxes, scores, 0.5, labels)
    assert (lowered <= scores[places]).all() and (lowered < scores[places]).any()
    assert torch.equal(lowered, lowered.sort(descending=True).values)
    far = boxes + torch.arange(80)[:, None] * 1000
    assert torch.equal(soft_nms(far, scores, 0.5)[1], scores.sort(descending=True).values)


def found(seed: int) -> Candidates:
    standing, offsets, logits = answers(seed)
    return candidates(standing, offsets, logits)


@pytest.mark.parametrize("seed", range(3))
def test_torchvision_agrees_within_and_across_classes(seed):
    each = found(seed)
    sure = each.scores > 0.3
    boxes, scores, labels = each.boxes[sure], each.scores[sure], each.labels[sure]
    within, across = (suppress(each, threshold=0.3, overlap=0.5, suppression=how)[0] for how in ("classes", "all"))
    assert torch.equal(within, ops.batched_nms(boxes, scores, labels, 0.5))
    assert torch.equal(across, ops.nms(boxes, scores, 0.5))
    assert len(across) < len(within)


def test_candidates_come_best_first_and_equal_ones_by_anchor_then_label():
    standing, offsets, logits = answers(3)
    each = candidates(standing, offsets, (logits * 2).round())
    rows = list(zip((-each.scores).tolist(), each.anchors.tolist(), each.labels.tolist(), strict=True))
    assert rows == sorted(rows) and len(set(each.scores.tolist())) < len(rows)
    assert torch.equal(each.logits.sigmoid(), each.scores) and each.scores.min() > LOWEST


@pytest.mark.parametrize("suppression", SUPPRESSIONS)
def test_asking_for_larger_ones_only_takes_away(suppression):
    each = found(4)
    whole, large = (
        suppress(each, threshold=0.1, overlap=0.4, suppression=suppression, smallest=least)[0] for least in (0.0, 22.0)
    )
    sides = (each.boxes[whole, 2:] - each.boxes[whole, :2]).amax(1)
    assert 0 < len(large) < len(whole)
    assert torch.equal(large, whole[sides >= 22.0])


def test_another_suppression_is_a_sentence():
    with pytest.raises(ValueError, match="can be classes, all, soft, not hard"):
        suppress(found(0), threshold=0.3, suppression="hard")
