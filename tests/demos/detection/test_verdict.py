"""The loss of a drawn box: from the files that came to the browser, what the training makes of the network's head."""

from __future__ import annotations

import base64
from typing import Any

import pytest
import torch

from app.algorithms.vision.detection.anchors import anchors
from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.detection.detector import Answers, Detector
from app.algorithms.vision.detection.loss import Objects, detection_loss
from app.algorithms.vision.detection.matching import FITS, MIDDLE, NEARLY, NOTHING, match
from app.algorithms.vision.detection.stages import SIZE, StagedDetector, Staging
from app.algorithms.vision.networks.detector import Raw
from app.algorithms.vision.networks.stages import sixteen_anchors
from app.demos.base import Photo, Update
from app.demos.detection.demo import DEMO
from app.demos.detection.run import run
from tests.demos.detection.node import FOLDER, answers, needs_node
from training.detector import BOXES

pytestmark = needs_node
CAT, APPLE = COCO.index("cat"), COCO.index("apple")
DRAWN = [{"box": [20.0, 10.0, 410.0, 290.0], "label": CAT}, {"box": [150.0, 20.0, 430.0, 230.0], "label": CAT}]
UNHEARD = [*DRAWN, {"box": [300.0, 60.0, 340.0, 95.0], "label": APPLE}]  # an eye, which nobody takes for an apple
HEADS = """await (async () => {
    const [{ head }, { heads }] = await Promise.all(["arrays", "heads"].map((m) => import(`${cases.folder}/${m}.js`)));
    const file = Uint8Array.from(atob(cases.head), (each) => each.charCodeAt(0)).buffer;
    const both = heads(cases.data, head(file, cases.data.grids, 80));
    return (%s)(both);
})()"""


@pytest.fixture(scope="module")
def cat() -> Photo:
    (photo,) = (field.kind.parse("cat") for field in DEMO.fields if field.name == "photo")
    return photo


@pytest.fixture(scope="module")
def update(cat: Photo) -> Update:
    *_, last = run(DEMO.inputs(photo=cat))
    return last


@pytest.fixture(scope="module")
def truth(cat: Photo) -> tuple[Answers, Staging]:
    return Detector.load().raw(cat.image), StagedDetector.load().look(cat.image)


def told(update: Update, script: str, drawn: list[dict[str, Any]] = DRAWN) -> Any:
    case = {"folder": FOLDER.as_uri(), "head": base64.b64encode(update.files["head"]).decode(), "data": update.data}
    return answers("verdict.js", HEADS % script, case | {"drawn": drawn})


def trained(
    truth: tuple[Answers, Staging], name: str, drawn: list[dict[str, Any]]
) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """Who answers for what is drawn, and the losses, as the training would have them."""
    detected, staged = truth
    if name == "all":
        standing, scale, middle = anchors(*detected.size), detected.scale, MIDDLE
        raw = Raw(detected.offsets.half().float()[None], detected.logits.half().float()[None])
    else:
        standing, scale, middle = sixteen_anchors(SIZE), staged.scale, 0.5
        raw = Raw(*(part[None] for part in staged.answers))
    classes = torch.nn.functional.one_hot(torch.tensor([one["label"] for one in drawn]), len(COCO)).float()
    boxes = torch.tensor([one["box"] for one in drawn]) * scale
    objects = Objects(boxes, classes, torch.ones(len(drawn), dtype=torch.bool))
    matches = match(standing, boxes, fits=FITS, nearly=NEARLY, middle=middle)
    return matches.objects, detection_loss(raw, standing, [objects], [matches], by_quality=name == "all")


VERDICT = """({ %s: head }) => {
    const { rows, shared, ...figures } = it.verdict(head, cases.drawn, 80, head.usual);
    return { ...figures, listed: rows.length };
}"""


@pytest.mark.parametrize("name", ["all", "sixteen"])
def test_the_loss_of_drawn_boxes_is_the_trainings(update: Update, truth: tuple[Answers, Staging], name: str) -> None:
    owners, wanted = trained(truth, name, DRAWN)
    ours = told(update, VERDICT % name)
    assert ours["matched"] == int((owners >= 0).sum()) and ours["listed"] == int((owners != NOTHING).sum())
    assert ours["bound"] == "≤"
    assert ours["classes"] == pytest.approx(wanted["classes"].item(), abs=1e-4)
    assert ours["boxes"] == pytest.approx(wanted["boxes"].item(), abs=1e-4)
    assert ours["total"] == pytest.approx(wanted["classes"].item() + BOXES * wanted["boxes"].item(), abs=2e-4)


def test_a_class_that_is_too_faint_to_have_come_makes_the_loss_a_lower_bound(
    update: Update, truth: tuple[Answers, Staging]
) -> None:
    _, wanted = trained(truth, "all", UNHEARD)
    ours = told(update, VERDICT % "all", UNHEARD)
    assert ours["bound"] == "≥" and ours["classes"] < wanted["classes"].item() - 1e-3
    assert ours["boxes"] == pytest.approx(wanted["boxes"].item(), abs=1e-4)


def test_a_place_is_an_anchor_and_back(update: Update) -> None:
    wrong = told(
        update,
        """(both) => Object.values(both).flatMap((head) =>
        Array.from({ length: head.count }, (_, i) => i).filter((i) => head.index(head.place(i)) !== i))""",
    )
    assert wrong == []


def test_a_cell_is_the_one_that_covers_the_point(update: Update) -> None:
    cells = told(update, "({ all, sixteen }) => [all.cell(0, 0, 0), all.cell(2, 1e6, 1e6), sixteen.cell(0, 226, 76)]")
    rows, columns = (side // 32 for side in update.data["seen"])
    assert cells == [{"row": 0, "column": 0}, {"row": rows - 1, "column": columns - 1}, {"row": 0, "column": 2}]


def test_the_surest_anchor_says_what_the_run_found(update: Update) -> None:
    best = told(
        update,
        """({ all: head }) => Array.from({ length: head.count }, (_, i) => i)
            .map((i) => ({ said: head.said(i)[0] ?? [0, -99], box: head.found(i) }))
            .reduce((best, each) => (each.said[1] > best.said[1] ? each : best))""",
    )
    found = update.data["objects"][0]
    assert update.data["classes"][best["said"][0]] == found["label"]
    inside = [min(max(side, 0), edge) for side, edge in zip(best["box"], (451, 300, 451, 300), strict=True)]
    assert inside == pytest.approx(found["box"], abs=0.5)
