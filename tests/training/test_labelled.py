"""Pictures with boxes: what was written comes back, what is broken is named."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.algorithms.vision.detection.classes import COCO, VOC
from training import labelled

NUMBER = st.floats(-500, 500, width=32)


@pytest.fixture
def tree(tmp_path):
    """Four pictures of 80 × 40 pixels, the second without a file of boxes."""
    (tmp_path / "images").mkdir()
    (tmp_path / "labels").mkdir()
    for number in range(4):
        Image.new("RGB", (80, 40), (number * 60, 0, 0)).save(tmp_path / "images" / f"{number}.png")
    write(tmp_path, 0, "45 0.5 0.5 0.5 0.5\n\n0 0.125 0.25 0.25 0.5\n")
    write(tmp_path, 2, "")
    write(tmp_path, 3, "79 0.0 0.5 0.5 0.5\n1 2.0 0.5 0.5 0.5\n2 0.5 0.5 0.0 0.5\n")
    return tmp_path


def write(tree, number, text):
    (tree / "labels" / f"{number}.txt").write_text(text)


def source(tree):
    return labelled.yolo_folder(tree / "images", tree / "labels")


def test_boxes_come_back_in_pixels(tree):
    first = source(tree)[0]
    assert first.boxes.tolist() == [[20, 10, 60, 30], [0, 0, 20, 20]]
    assert (first.labels.tolist(), first.difficult.tolist()) == ([45, 0], [False, False])
    assert (first.picture.shape, first.picture.dtype) == ((40, 80, 3), np.uint8)
    assert (first.boxes.dtype, first.labels.dtype, first.difficult.dtype) == (np.float32, np.int64, bool)


@pytest.mark.parametrize("number", [1, 2])
def test_pictures_may_be_empty(tree, number):
    empty = source(tree)[number]
    assert (empty.boxes.shape, empty.labels.shape, empty.difficult.shape) == ((0, 4), (0,), (0,))


def test_boxes_end_at_the_edge_and_empty_ones_go(tree):
    last = source(tree)[3]
    assert (last.boxes.tolist(), last.labels.tolist()) == ([[0, 10, 20, 30]], [79])


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBER, NUMBER, NUMBER, NUMBER), max_size=6))
def test_every_box_lies_within_and_has_an_area(boxes):
    picture = np.zeros((30, 50, 3), np.uint8)
    cut = labelled.labelled(picture, boxes, range(len(boxes)), [0] * len(boxes))
    inside = [max(x0, 0) < min(x1, 50) and max(y0, 0) < min(y1, 30) for x0, y0, x1, y1 in boxes]
    assert cut.labels.tolist() == [index for index, visible in enumerate(inside) if visible]
    assert (cut.boxes[:, 2:] > cut.boxes[:, :2]).all()
    assert (cut.boxes >= 0).all() and (cut.boxes <= (50, 30, 50, 30)).all()


def test_a_source_is_a_sequence(tree):
    whole = source(tree)
    part = whole[1::2]
    assert (len(whole), len(part), part.classes) == (4, 2, COCO)
    assert np.array_equal(part[1].picture, whole[3].picture)
    assert [len(picture.boxes) for picture in whole] == [2, 0, 0, 1]
    assert np.array_equal(whole[-1].boxes, whole[3].boxes)


def test_nothing_is_read_before_it_is_asked_for(tree):
    (tree / "images" / "1.png").write_bytes(b"broken")
    broken = source(tree)
    assert len(broken[0].boxes) == 2
    with pytest.raises(ValueError, match=r"1\.png is no picture"):
        broken[1]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("cat 0.5 0.5 0.5 0.5", "is not made of numbers"),
        ("0 0.5 0.5 0.5", "is no class and box"),
        ("0 0.5 0.5 0.5 nan", "is no class and box"),
        ("80 0.5 0.5 0.5 0.5", "has a class that is not among the 80"),
        ("-1 0.5 0.5 0.5 0.5", "has a class that is not among the 80"),
        ("1.5 0.5 0.5 0.5 0.5", "has a class that is not among the 80"),
    ],
)
def test_broken_lines_are_sentences_that_name_the_file(tree, line, sentence):
    write(tree, 0, line)
    with pytest.raises(ValueError, match=rf"“{line}” in .*0\.txt {sentence}"):
        source(tree)[0]


def test_annotated_pictures_stay_as_stored_and_photographs_are_turned(tree):
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn to the right
    Image.new("RGB", (80, 40)).save(tree / "images" / "0.png", exif=exif)
    assert source(tree)[0].picture.shape == (40, 80, 3)
    assert labelled.folder(tree / "images")[0].picture.shape == (80, 40, 3)


def test_photographs_have_no_boxes(tree):
    photographs = labelled.folder(tree / "images")
    assert (len(photographs), photographs.classes) == (4, COCO)
    assert all(photograph.boxes.shape == (0, 4) for photograph in photographs)
    (tree / "images" / "0.png").write_bytes(b"broken")
    with pytest.raises(ValueError, match=r"0\.png is no picture"):
        photographs[0]


def test_classes_are_eighty_and_twenty():
    assert (len(COCO), len(set(COCO)), len(VOC), len(set(VOC))) == (80, 80, 20, 20)
    assert list(VOC) == sorted(VOC)
