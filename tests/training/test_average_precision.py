"""Average precision: COCO's reference code agrees, and so do cases counted by hand."""

import contextlib
import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from training.average_precision import MOST, Found, Truth, average_precision

SMALL = st.integers(0, 6)
BOX = st.tuples(SMALL, SMALL, st.integers(1, 6), st.integers(1, 6)).map(lambda b: (*b[:2], b[0] + b[2], b[1] + b[3]))
LABEL = st.integers(0, 2)
# Few scores and coarse boxes, so that ties of both kinds are ordinary.
FOUND = st.lists(st.tuples(BOX, st.sampled_from((0.1, 0.3, 0.5, 0.9)), LABEL), max_size=8)
TRUTH = st.lists(st.tuples(BOX, LABEL, st.sampled_from((False, False, True))), max_size=6)
OBJECT = ((0.0, 0.0, 10.0, 10.0), 0, False)


def found(rows):
    boxes, scores, labels = zip(*rows, strict=True) if rows else ((), (), ())
    return Found(np.array(boxes, np.float32).reshape(-1, 4), np.array(scores), np.array(labels, np.int64))


def truth(rows):
    boxes, labels, ignored = zip(*rows, strict=True) if rows else ((), (), ())
    return Truth(np.array(boxes, np.float32).reshape(-1, 4), np.array(labels, np.int64), np.array(ignored, bool))


def annotation(picture, box, label):
    x0, y0, x1, y1 = (float(side) for side in box)
    area = (x1 - x0) * (y1 - y0)
    return {"image_id": picture, "category_id": int(label), "bbox": [x0, y0, x1 - x0, y1 - y0], "area": area}


def reference(pictures_found, pictures_truth):
    """COCO's own evaluation, its log kept quiet: precision (overlaps, recalls, classes), recall; −1 is no object."""
    objects = [
        annotation(picture, box, label) | {"iscrowd": int(crowd)}
        for picture, rows in enumerate(pictures_truth)
        for box, label, crowd in rows
    ]
    results = [
        annotation(picture, box, label) | {"score": score, "id": 1}
        for picture, rows in enumerate(pictures_found)
        for box, score, label in rows
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO()
        coco.dataset = {
            "info": {},
            "images": [{"id": picture} for picture in range(len(pictures_truth))],
            "categories": [{"id": label} for label in range(3)],
            "annotations": [row | {"id": index} for index, row in enumerate(objects, start=1)],
        }
        coco.createIndex()
        evaluation = COCOeval(coco, coco.loadRes(results), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
    return evaluation.eval["precision"][..., 0, -1], evaluation.eval["recall"][..., 0, -1]


def agree(pictures_found, pictures_truth):
    precision, recall = reference(pictures_found, pictures_truth)
    ours = average_precision([found(rows) for rows in pictures_found], [truth(rows) for rows in pictures_truth])
    assert ours.ap == pytest.approx(precision[precision > -1].mean(), abs=1e-6)
    assert ours.ap50 == pytest.approx(precision[0][precision[0] > -1].mean(), abs=1e-6)
    assert ours.recall == pytest.approx(recall[recall > -1].mean(), abs=1e-6)
    asked = {label: precision[..., label].mean() for label in range(3) if precision[0, 0, label] > -1}
    assert ours.by_class == pytest.approx(asked, abs=1e-6)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(FOUND, TRUTH), min_size=1, max_size=4))
def test_coco_agrees(pictures):
    pictures_found, pictures_truth = ([*part] for part in zip(*pictures, strict=True))
    # Without a box its reader gives up, and without an object there is no mean.
    pictures_found[0] = [*pictures_found[0], ((0, 0, 1, 1), 0.2, 0)]
    pictures_truth[0] = [*pictures_truth[0], OBJECT]
    agree(pictures_found, pictures_truth)


def test_coco_agrees_on_crowded_pictures():
    random = np.random.default_rng(0)
    corners = random.uniform(0, 60, (400, 2))
    boxes = np.concatenate([corners, corners + random.uniform(4, 40, (400, 2))], 1).astype(np.float32)
    shaken = boxes + random.normal(0, 1, boxes.shape).astype(np.float32)
    pictures_truth = [[(box, i % 3, i % 11 == 0) for i, box in enumerate(boxes[k::2])] for k in (0, 1)]
    pictures_found = [[(box, random.random(), i % 3) for i, box in enumerate(shaken[k::2])] for k in (0, 1)]
    agree(pictures_found, pictures_truth)


def test_only_the_surest_are_looked_at():
    noise = [((50.0, 50.0, 60.0, 60.0), 0.5, 0)] * MOST
    late, early = (((0.0, 0.0, 10.0, 10.0), score, 0) for score in (0.1, 0.9))
    agree([[*noise, late]], [[OBJECT]])
    assert average_precision([found([*noise, late])], [truth([OBJECT])]).ap == 0
    assert average_precision([found([*noise, early])], [truth([OBJECT])]).ap == 1


def test_a_second_box_on_one_object_is_wrong():
    twice = found([(OBJECT[0], 0.9, 0), (OBJECT[0], 0.8, 0), ((20.0, 0.0, 30.0, 10.0), 0.7, 0)])
    both = truth([OBJECT, ((20.0, 0.0, 30.0, 10.0), 0, False)])
    # Up to recall 0.5 (51 of the 101) all are right, then two of three.
    assert average_precision([twice], [both]).ap == pytest.approx((51 + 50 * 2 / 3) / 101)


def test_the_overlap_decides():
    half = found([((0.0, 0.0, 10.0, 6.0), 0.9, 0)])  # intersection over union 0.6
    assert average_precision([half], [truth([OBJECT])], iou=0.6).ap == 1
    precision = average_precision([half], [truth([OBJECT])], iou=0.61)
    assert (precision.ap, precision.ap50, precision.recall) == (0, 1, 0)
    assert average_precision([half], [truth([OBJECT])]).ap == pytest.approx(0.3)  # 0.50, 0.55 and 0.60 of ten


def test_ignored_objects_count_neither_way():
    inside = [((20.0, 20.0, 22.0, 22.0), 0.95, 0), ((23.0, 23.0, 25.0, 25.0), 0.94, 0)]
    crowd = ((20.0, 20.0, 40.0, 40.0), 0, True)
    one = found([*inside, (OBJECT[0], 0.5, 0)])
    assert average_precision([one], [truth([OBJECT, crowd])]).ap == 1
    assert average_precision([one], [truth([OBJECT])]).ap == pytest.approx(1 / 3)


def test_classes_without_an_object_are_left_out():
    one = found([(OBJECT[0], 0.5, 0), (OBJECT[0], 0.9, 7)])
    assert average_precision([one], [truth([OBJECT, ((0.0, 0.0, 9.0, 9.0), 2, True)])]).by_class == {0: 1.0}


def test_misfits_are_sentences():
    one = found([(OBJECT[0], 0.5, 0)])
    with pytest.raises(ValueError, match="in 2 pictures, but the truth is known of 1"):
        average_precision([one, one], [truth([OBJECT])])
    with pytest.raises(ValueError, match="Picture 0 does not have one label"):
        average_precision([Found(one.boxes, one.scores, one.labels[:0])], [truth([OBJECT])])
    with pytest.raises(ValueError, match="no object to find"):
        average_precision([one], [truth([])])
