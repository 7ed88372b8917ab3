"""Matching in the browser: the same owners as the training's, anchor by anchor, whatever is drawn and asked for."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import torch

from app.algorithms.vision.detection.anchors import anchors, grids
from app.algorithms.vision.detection.boxes import corners, iou
from app.algorithms.vision.detection.matching import FITS, IGNORED, MIDDLE, NEARLY, NOTHING, match
from app.algorithms.vision.networks.stages import sixteen_anchors
from tests.demos.detection.node import answers, needs_node

pytestmark = needs_node
CASES = 200
SIXTEEN = {"stride": 104, "rows": 4, "columns": 4, "sizes": [104], "ratios": [1]}


def drawn(random: np.random.Generator, h: int, w: int) -> list[list[float]]:
    """None to six boxes; half of them on whole pixels, where anchors fit equally well; now and then one twice."""
    count = int(random.integers(7))
    middle, side = random.random((count, 2)) * (w, h), np.exp(random.random((count, 2)) * 4.5 + 1)
    boxes = np.concatenate([middle - side / 2, middle + side / 2], 1).astype(np.float32)
    boxes = boxes.round() if random.random() < 0.5 else boxes
    return [*boxes.tolist(), *boxes[: int(random.random() < 0.1)].tolist()]


def cases() -> list[dict[str, object]]:
    random = np.random.default_rng(4)
    made: list[dict[str, object]] = []
    for _ in range(CASES):
        h, w = (int(side) * 32 for side in random.integers(2, 7, 2))
        nearly, fits = sorted(random.choice(np.arange(0.05, 0.95, 0.05), 2, replace=False).round(2).tolist())
        usual = {"fits": FITS, "nearly": NEARLY, "middle": MIDDLE}
        chosen = {"fits": fits, "nearly": nearly, "middle": round(float(random.random()), 2)}
        asked = usual if random.random() < 0.3 else chosen
        made.append({"size": (h, w), "grids": [asdict(g) for g in grids(h, w)], "boxes": drawn(random, h, w), **asked})
    return made


def test_every_anchor_answers_for_the_same_object_as_in_the_training() -> None:
    asked = cases()
    told = answers("matching.js", "cases.map((c) => [...it.match(it.anchorsOf(c.grids), c.boxes, c).objects])", asked)
    seen = set()
    for case, objects in zip(asked, told, strict=True):
        boxes = torch.tensor(case["boxes"]).reshape(-1, 4)
        wanted = match(anchors(*case["size"]), boxes, **{name: case[name] for name in ("fits", "nearly", "middle")})  # type: ignore[misc, arg-type]
        assert objects == wanted.objects.tolist(), case
        seen |= set(objects)
    assert {NOTHING, IGNORED, 0, 1, 2} <= seen


def test_anchors_are_the_networks_own() -> None:
    sizes = [(64, 96), (480, 320), (640, 640)]
    told = answers(
        "matching.js", "cases.map((c) => [...it.anchorsOf(c)])", [list(map(asdict, grids(*s))) for s in sizes]
    )
    for size, numbers in zip(sizes, told, strict=True):
        assert torch.equal(torch.tensor(numbers).reshape(-1, 4), anchors(*size))
    (sixteen,) = answers("matching.js", "cases.map((c) => [...it.anchorsOf([c])])", [SIXTEEN])
    assert torch.equal(torch.tensor(sixteen).reshape(-1, 4), sixteen_anchors(416))


def test_the_best_anchor_of_an_object_is_named_unless_another_object_took_it() -> None:
    asked = [case for case in cases() if case["boxes"]][:60]
    told = answers("matching.js", "cases.map((c) => it.match(it.anchorsOf(c.grids), c.boxes, c).best)", asked)
    taken = 0
    for case, best in zip(asked, told, strict=True):
        shared = iou(corners(anchors(*case["size"])), torch.tensor(case["boxes"]))  # type: ignore[misc]
        for box, anchor in enumerate(best):
            if anchor >= 0:
                assert shared[anchor, box] == shared[:, box].max()
            else:
                taken += 1
                rivals = shared[shared[:, box].argmax()]
                assert rivals[box] == 0 or rivals.max() >= rivals[box] > 0
    assert taken
