"""What is saved in the browser is read by those it is written for: pycocotools, an XML parser, the csv module."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pycocotools.coco import COCO as Coco  # type: ignore[import-untyped]

from app.algorithms.vision.detection.classes import COCO
from tests.demos.detection.node import answers, needs_node

pytestmark = needs_node
OBJECTS: list[dict[str, Any]] = [
    {"label": "person", "score": 0.5, "box": [0.0, 0.4, 100.0, 80.0]},
    {"label": "toothbrush", "score": 0.25, "box": [10.25, 20.5, 30.75, 40.5]},
    {"label": "stop sign", "score": 0.125, "box": [99.6, 79.7, 100.0, 80.0]},
]
PICTURE = {"name": "mine & yours.jpg", "width": 100, "height": 80, "classes": COCO}
# Lin et al. (2014): the ids of some of the 80 categories, in which ten numbers are left out.
KNOWN = {"person": 1, "stop sign": 13, "bench": 15, "backpack": 27, "wine glass": 46, "toilet": 70, "toothbrush": 90}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    calls = (
        "{ json: it.coco(p, o), xml: it.voc(p, o), csv: it.csv(o), svg: it.svg(p, o, 'data:image/png;base64,AA==') }"
    )
    case = {"picture": PICTURE, "objects": OBJECTS}
    written: dict[str, str] = answers("exports.js", f"((p, o) => ({calls}))(cases.picture, cases.objects)", case)
    return written


def test_pycocotools_reads_the_json(files: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "coco.json"
    file.write_text(files["json"])
    read = Coco(str(file))
    assert read.loadImgs(1)[0] == {"id": 1, "file_name": PICTURE["name"], "width": 100, "height": 80}
    assert [category["name"] for category in read.loadCats(read.getCatIds())] == list(COCO)
    assert {name: read.getCatIds(catNms=[name]) for name in KNOWN} == {name: [id_] for name, id_ in KNOWN.items()}
    for annotation, seen in zip(read.loadAnns(read.getAnnIds(imgIds=1)), OBJECTS, strict=True):
        x0, y0, x1, y1 = seen["box"]
        assert annotation["bbox"] == pytest.approx([x0, y0, x1 - x0, y1 - y0])
        assert annotation["area"] == pytest.approx((x1 - x0) * (y1 - y0), abs=0.01)
        assert annotation["category_id"] == read.getCatIds(catNms=[seen["label"]])[0]
        assert annotation["score"] == seen["score"]


def test_voc_counts_pixels_from_one(files: dict[str, str]) -> None:
    root = ElementTree.fromstring(files["xml"])
    assert root.findtext("filename") == PICTURE["name"]
    assert [root.findtext(f"size/{side}") for side in ("width", "height", "depth")] == ["100", "80", "3"]
    found = root.findall("object")
    assert [each.findtext("name") for each in found] == [seen["label"] for seen in OBJECTS]
    sides = ("xmin", "ymin", "xmax", "ymax")
    boxes = [[int(each.findtext(f"bndbox/{side}") or "") for side in sides] for each in found]
    # Counted from 1, the whole picture is from pixel 1 to its last, and a box from 10.25 to 30.75 from pixel 11 to 31.
    assert boxes == [[1, 1, 100, 80], [11, 22, 31, 41], [100, 80, 100, 80]]


def test_csv_has_a_row_for_each(files: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["csv"], newline="")))
    assert [row["label"] for row in rows] == [seen["label"] for seen in OBJECTS]
    numbers = [[float(row[name]) for name in ("score", "x0", "y0", "x1", "y1")] for row in rows]
    assert numbers == [[seen["score"], *seen["box"]] for seen in OBJECTS]


def test_svg_is_a_drawing_that_stands_alone(files: dict[str, str]) -> None:
    space = "{http://www.w3.org/2000/svg}"
    root = ElementTree.fromstring(files["svg"])
    assert root.get("viewBox") == "0 0 100 80"
    assert (root.findall(f"{space}image")[0].get("href") or "").startswith("data:")
    assert {text.text for text in root.iter(f"{space}text")} == {"person 0.50", "toothbrush 0.25", "stop sign 0.13"}
    outlines = [rect for rect in root.iter(f"{space}rect") if rect.get("fill") == "none"]
    boxes = [[float(rect.get(name) or "") for name in ("x", "y", "width", "height")] for rect in outlines]
    expected = [[x0, y0, x1 - x0, y1 - y0] for x0, y0, x1, y1 in (seen["box"] for seen in reversed(OBJECTS))]
    assert boxes == [pytest.approx(box, abs=0.01) for box in expected]
