"""The material: what is learned from, what steers and what judges never meet."""

from itertools import chain

import pytest

from tests.material import material as material
from training.material import LABELLED, coco128, kept_apart, shares, steering


def fingerprints(source):
    return [(each.picture.shape, hash(each.picture.tobytes())) for each in source]


def test_the_three_thirds_are_disjoint_and_together_everything(material):
    learned = next(share.pictures for share in shares(material) if share.known)
    thirds = [fingerprints(source) for source in (learned, steering(material), kept_apart(material))]
    assert [len(third) for third in thirds] == [43, 43, 42]
    assert len(set().union(*thirds)) == 128
    assert sorted(chain(*thirds)) == sorted(fingerprints(coco128(material)))


def test_photographs_come_without_boxes_and_are_drawn_the_more_often(material):
    photographs, learned = shares(material)
    assert (photographs.known, learned.known) == (False, True)
    assert photographs.weight + learned.weight == pytest.approx(1)
    assert learned.weight == LABELLED < photographs.weight
    assert not len(photographs.pictures[0].boxes)
    assert sum(len(each.boxes) for each in learned.pictures) > 100
