"""Canvases: boxes stay on their objects wherever a picture is pasted, and what is called known is known."""

import numpy as np
import pytest

from training import mosaics
from training.labelled import Labelled, labelled
from training.mosaics import NARROWEST, VISIBLE, Share, canvas, recoloured

SIDE = 128
DARK = 40  # of pictures; the canvas itself is lighter
SHAPES = ((70, 120), (110, 80), (60, 60))


@pytest.fixture
def plain(monkeypatch):
    """Canvases keep their colours, so that an object can be found by its own."""
    monkeypatch.setattr(mosaics, "recoloured", lambda picture, random: picture)


def pictures(difficult=False):
    """Three dark pictures with a rectangle each: red of label 0, green of 1, blue of 2, none in the middle."""
    made = []
    for label, (h, w) in enumerate(SHAPES):
        x0, y0, x1, y1 = w // 10, h // 5, w // 2, h * 4 // 5
        picture = np.full((h, w, 3), DARK, np.uint8)
        picture[y0:y1, x0:x1] = np.eye(3, dtype=np.uint8)[label] * 255
        made.append(labelled(picture, [(x0, y0, x1, y1)], [label], [difficult]))
    return made


def drawn(shares, seed, side=SIDE):
    return canvas(shares, side, np.random.default_rng(seed))


def coloured(made, label):
    """Where a canvas has the colour of a label, (side, side) bool; halfway between two colours is an edge."""
    others = [other for other in range(3) if other != label]
    return (made.picture[..., label] > 140) & (made.picture[..., others] < 100).all(-1)


def within(shape, box, margin):
    """The pixels of a box that is larger by a margin, in pixels, on all sides: (side, side) bool."""
    x0, y0, x1, y1 = box + np.array([-margin, -margin, margin, margin])
    y, x = (np.arange(length) + 0.5 for length in shape)
    return ((y > y0) & (y < y1))[:, None] & ((x > x0) & (x < x1))


@pytest.mark.parametrize("seed", range(3))
def test_a_seed_has_one_canvas(seed):
    shares = [Share(pictures(), 1.0, known=True)]
    first, again, other = (drawn(shares, each) for each in (seed, seed, seed + 100))
    for name, value in vars(first).items():
        assert np.array_equal(value, getattr(again, name)), name
    assert not np.array_equal(first.picture, other.picture)


@pytest.mark.parametrize("four", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(12))
def test_boxes_stay_on_their_objects(plain, monkeypatch, four, seed):
    monkeypatch.setattr(mosaics, "FOUR", four)
    made = drawn([Share(pictures(), 1.0, known=True)], seed)
    assert made.boxes.dtype == np.float32 and made.labels.dtype == np.int64
    assert (made.boxes >= 0).all() and (made.boxes <= SIDE).all()
    assert ((made.boxes[:, 2:] - made.boxes[:, :2]) >= NARROWEST).all()
    for box, label in zip(made.boxes, made.labels, strict=True):
        filled = within((SIDE, SIDE), box, -2)
        assert filled.any() and coloured(made, label)[filled].all()


@pytest.mark.parametrize("four", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(12))
def test_no_object_that_may_be_called_lies_outside_of_all_boxes(plain, monkeypatch, four, seed):
    monkeypatch.setattr(mosaics, "FOUR", four)
    monkeypatch.setattr(mosaics, "VISIBLE", 0.0)
    monkeypatch.setattr(mosaics, "NARROWEST", 0.01)
    made = drawn([Share(pictures(), 1.0, known=True)], seed)
    for label in range(3):
        boxes = [within((SIDE, SIDE), box, 2) for box in made.boxes[made.labels == label]]
        assert not (coloured(made, label) & ~np.any([np.zeros((SIDE, SIDE), bool), *boxes], axis=0)).any()


def test_half_of_the_pictures_are_mirrored(plain, monkeypatch):
    monkeypatch.setattr(mosaics, "FOUR", 0.0)
    left, right = np.full((60, 90, 3), DARK, np.uint8), 0
    left[:, :45] = (255, 0, 0)
    share = Share([labelled(left, (), (), ())], 1.0, known=True)
    for seed in range(60):
        places = np.where(coloured(drawn([share], seed), 0))[1]
        dark = np.where((drawn([share], seed).picture == DARK).all(-1))[1]
        right += places.mean() > dark.mean()
    assert 15 < right < 45


@pytest.mark.parametrize("four", [0.0, 1.0])
@pytest.mark.parametrize("seed", range(12))
def test_known_is_what_came_with_boxes_and_nothing_else(plain, monkeypatch, four, seed):
    monkeypatch.setattr(mosaics, "FOUR", four)
    ours, others = (
        Labelled(
            np.full((50, 90, 3), colour, np.uint8), np.empty((0, 4), np.float32), np.empty(0, int), np.empty(0, bool)
        )
        for colour in ((250, 0, 0), (0, 250, 0))
    )
    made = drawn([Share([ours], 1.0, known=True), Share([others], 1.0, known=False)], seed)
    assert made.known.shape == (len(made.known), 4) and made.known.dtype == np.float32
    covered = np.zeros((SIDE, SIDE), bool)
    for x0, y0, x1, y1 in made.known.astype(int):
        assert not covered[y0:y1, x0:x1].any()
        covered[y0:y1, x0:x1] = True
    assert np.array_equal(covered, (made.picture == (250, 0, 0)).all(-1))
    assert made.boxes.shape == (0, 4) and made.labels.shape == made.asked.shape == (0,)


def test_shares_are_drawn_by_weight(plain, monkeypatch):
    monkeypatch.setattr(mosaics, "FOUR", 0.0)
    shares = [
        Share(pictures(), 3.0, known=True),
        Share(pictures(), 1.0, known=False),
        Share(pictures(), 0.0, known=True),
    ]
    known = sum(len(drawn(shares, seed, side=32).known) for seed in range(200))
    assert 120 < known < 180


def test_an_object_that_lost_too_much_of_itself_is_not_called(plain, monkeypatch):
    # The object is painted with its own coordinates, red across and green down, so that what is seen tells its share.
    monkeypatch.setattr(mosaics, "FOUR", 0.0)
    x, y = np.meshgrid(np.linspace(0, 255, 40), np.linspace(0, 255, 40))
    picture = np.zeros((100, 100, 3), np.uint8)
    picture[:40, :40] = np.stack([x, y, np.full_like(x, 255)], -1)
    share = Share([labelled(picture, [(0, 0, 40, 40)], [0], [False])], 1.0, known=True)
    called = {True: 0, False: 0}
    for seed in range(250):
        made = drawn([share], seed)
        object_ = made.picture[made.picture[..., 2] > 230][:, :2].astype(float)
        seen = np.ptp(object_ / 255, axis=0).prod() if len(object_) else 0.0
        if abs(seen - VISIBLE) > 0.06:
            assert len(made.boxes) == (seen > VISIBLE), seed
            called[bool(len(made.boxes))] += 1
    assert min(called.values()) >= 5


def test_the_difficult_is_not_asked_for():
    shares = {difficult: [Share(pictures(difficult), 1.0, known=True)] for difficult in (True, False)}
    for seed in range(10):
        hard, easy = (drawn(shares[difficult], seed) for difficult in (True, False))
        assert np.array_equal(hard.boxes, easy.boxes)
        assert not hard.asked.any() and easy.asked.all() and hard.asked.shape == hard.labels.shape


@pytest.mark.parametrize("seed", range(8))
def test_another_light_keeps_what_is_lighter_lighter(seed):
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    lit = recoloured(ramp, np.random.default_rng(seed))
    assert lit.shape == ramp.shape and lit.dtype == np.uint8
    assert (np.diff(lit.astype(int), axis=1) >= 0).all()
    assert (lit != ramp).any() and len(np.unique(lit)) > 100
