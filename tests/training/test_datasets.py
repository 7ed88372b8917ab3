"""Pascal VOC and COCO: tiny sets made on the spot come back exactly, broken ones are sentences."""

import json

import numpy as np
import pytest
from PIL import Image

from app.algorithms.vision.detection.classes import VOC
from training import datasets

OBJECT = """<object><name>{name}</name><pose>Left</pose><truncated>0</truncated>{difficult}
<bndbox><xmin>{0}</xmin><ymin>{1}</ymin><xmax>{2}</xmax><ymax>{3}</ymax></bndbox></object>"""


@pytest.fixture
def voc(tmp_path):
    """Pascal VOC 2007 with three pictures of 60 × 40 pixels, two to learn from and one to test with."""
    for folder in ("JPEGImages", "Annotations", "ImageSets/Main"):
        (tmp_path / "VOCdevkit" / "VOC2007" / folder).mkdir(parents=True)
    for number in range(3):
        Image.new("RGB", (60, 40), (number * 90, 0, 0)).save(in_voc(tmp_path, "JPEGImages", f"00000{number}.jpg"))
        annotate(tmp_path, number)
    in_voc(tmp_path, "ImageSets/Main", "trainval.txt").write_text("000000\n000001\n")
    in_voc(tmp_path, "ImageSets/Main", "test.txt").write_text("000002\n")
    return tmp_path


def in_voc(root, *parts):
    return root.joinpath("VOCdevkit", "VOC2007", *parts)


def annotate(root, number, *objects):
    text = f"<annotation><filename>00000{number}.jpg</filename>{''.join(objects)}</annotation>"
    in_voc(root, "Annotations", f"00000{number}.xml").write_text(text)


def voc_object(name, *box, difficult="<difficult>0</difficult>"):
    return OBJECT.format(*box, name=name, difficult=difficult)


def test_voc_boxes_come_back(voc):
    hard = voc_object("dog", 3, 4, 20, 30, difficult="<difficult>1</difficult>")
    annotate(voc, 0, voc_object("aeroplane", 1, 1, 60, 40), hard, voc_object("tvmonitor", 60, 40, 60, 40, difficult=""))
    first = datasets.pascal_voc(voc, "2007", "trainval")[0]
    # Pixels count from one there and both ends belong to the object: 1…60 is the whole width, 60…60 the last column.
    assert first.boxes.tolist() == [[0, 0, 60, 40], [2, 3, 20, 30], [59, 39, 60, 40]]
    assert first.labels.tolist() == [0, VOC.index("dog"), 19]
    assert first.difficult.tolist() == [False, True, False]
    assert (first.boxes.dtype, first.labels.dtype, first.difficult.dtype) == (np.float32, np.int64, bool)


def test_voc_splits_are_kept_apart(voc):
    annotate(voc, 2, voc_object("cat", 5, 5, 10, 10))
    learned, tested = (datasets.pascal_voc(voc, "2007", split) for split in ("trainval", "test"))
    assert (len(learned), len(tested), tested.classes) == (2, 1, VOC)
    assert [len(picture.boxes) for picture in learned] == [0, 0]
    assert tested[0].labels.tolist() == [VOC.index("cat")]
    assert tested[0].picture[0, 0, 0] == pytest.approx(180, abs=3)


@pytest.mark.parametrize(
    "objects",
    [
        "<object><name>dog</name></object>",
        voc_object("dragon", 1, 1, 5, 5),
        voc_object("dog", 1, "left", 5, 5),
        voc_object("dog", 1, "nan", 5, 5),
        "<object>",
    ],
    ids=["no box", "no class", "no number", "not finite", "no XML"],
)
def test_broken_voc_annotations_name_the_file(voc, objects):
    annotate(voc, 0, objects)
    with pytest.raises(ValueError, match=r"000000\.xml is not annotated as expected"):
        datasets.pascal_voc(voc, "2007", "trainval")[0]


def test_missing_voc_parts_are_sentences(voc):
    in_voc(voc, "JPEGImages", "000000.jpg").unlink()
    with pytest.raises(ValueError, match=r"000000\.jpg is no picture"):
        datasets.pascal_voc(voc, "2007", "trainval")[0]
    for root, year, split in ((voc, "2012", "trainval"), (voc, "2007", "val"), (voc, "1999", "train")):
        with pytest.raises(ValueError, match=f"no Pascal VOC {year} with a split {split}"):
            datasets.pascal_voc(root, year, split)


CATEGORIES = [{"id": 44, "name": "bottle"}, {"id": 3, "name": "car"}, {"id": 17, "name": "cat"}]
IMAGES = [{"id": 7, "file_name": "b.png"}, {"id": 2, "file_name": "deep/a.png"}]
ANNOTATIONS = [
    {"id": 1, "image_id": 7, "category_id": 44, "bbox": [10.5, 5.25, 20, 30], "iscrowd": 0},
    {"id": 2, "image_id": 7, "category_id": 3, "bbox": [50, 30, 40, 40], "iscrowd": 1},
    {"id": 3, "image_id": 7, "category_id": 17, "bbox": [0, 0, 0, 9]},
    {"id": 4, "image_id": 2, "category_id": 17, "bbox": [1, 2, 3, 4]},
]


@pytest.fixture
def coco(tmp_path):
    (tmp_path / "deep").mkdir()
    for image in IMAGES:
        Image.new("RGB", (60, 40), (image["id"], 0, 0)).save(tmp_path / image["file_name"])
    return write(tmp_path)


def write(folder, **parts):
    whole = {"images": IMAGES, "categories": CATEGORIES, "annotations": ANNOTATIONS} | parts
    (folder / "instances.json").write_text(json.dumps(whole))
    return folder


def source(folder):
    return datasets.coco(folder, folder / "instances.json")


def test_coco_boxes_come_back(coco):
    found = source(coco)
    assert (len(found), found.classes) == (2, ("car", "cat", "bottle"))  # in order of category id
    assert [picture.picture[0, 0, 0] for picture in found] == [2, 7]  # in order of picture id
    assert found[0].boxes.tolist() == [[1, 2, 4, 6]]
    assert found[1].boxes.tolist() == [[10.5, 5.25, 30.5, 35.25], [50, 30, 60, 40]]
    assert (found[1].labels.tolist(), found[1].difficult.tolist()) == ([2, 0], [False, True])


def test_coco_reads_in_silence(coco, capsys):
    source(coco)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "changed",
    [
        {"category_id": 5},
        {"bbox": [1, 2, 3]},
        {"bbox": [1, 2, 3, "wide"]},
        {"bbox": [1, 2, 3, float("inf")]},
        {"bbox": None},
    ],
)
def test_broken_coco_annotations_name_the_file(coco, changed):
    write(coco, annotations=[ANNOTATIONS[3] | changed])
    with pytest.raises(ValueError, match=r"instances\.json is not annotated as expected"):
        source(coco)[0]


def test_missing_coco_parts_are_sentences(coco):
    (coco / "b.png").unlink()
    with pytest.raises(ValueError, match=r"b\.png is no picture"):
        source(coco)[1]
    for part, word in (("images", "pictures"), ("categories", "categories")):
        with pytest.raises(ValueError, match=rf"instances\.json lists no {word}"):
            source(write(coco, **{part: []}))
    (coco / "instances.json").write_text("[1, 2")
    with pytest.raises(ValueError, match=r"instances\.json is not annotated as expected"):
        source(coco)
    with pytest.raises(ValueError, match=r"none\.json is not annotated as expected"):
        datasets.coco(coco, coco / "none.json")
