"""The detector's training: it learns, it resumes as if it had never stopped, and it believes boxes before guesses."""

import json

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors import safe_open

from app.algorithms.vision import devices
from app.algorithms.vision.detection import Detector
from app.algorithms.vision.detection import detector as detection
from app.algorithms.vision.detection.anchors import PER_CELL
from app.algorithms.vision.detection.detector import stored
from app.algorithms.vision.detection.loss import Objects
from app.algorithms.vision.networks.detector import SingleShot
from training import checkpoint, detector
from training.curve import Curve
from training.detector import Batches, export, schedule, seen, shrunk, train
from training.labelled import labelled
from training.mosaics import Canvas, Share

CLASSES = ("red", "green")
CPU = torch.device("cpu")


def pictures():
    """Grey noise with a red or a green rectangle, and one picture with nothing in it."""
    random, made = np.random.default_rng(0), []
    for label in (0, 1, 0, 1):
        picture = random.integers(60, 120, (70, 80, 3), dtype=np.uint8)
        x0, y0 = random.integers(0, 30, 2)
        picture[y0 : y0 + 35, x0 : x0 + 45] = np.eye(3, dtype=np.uint8)[label] * 255
        made.append(labelled(picture, [(x0, y0, x0 + 45, y0 + 35)], [label], [False]))
    return [*made, labelled(random.integers(60, 120, (70, 80, 3), dtype=np.uint8), (), (), ())]


KNOWN = [Share(pictures(), 1.0, known=True)]
UNKNOWN = [Share([labelled(each.picture, (), (), ()) for each in pictures()], 1.0, known=False)]


def by_colour(x):
    """A teacher that finds all red and all green on a canvas, and is fairly sure of it."""
    found = []
    for picture in x:
        boxes, classes = [], []
        for label in range(2):
            ys, xs = torch.where((picture[label] > 0.6) & (picture[[1 - label, 2]] < 0.4).all(0))
            if len(xs):
                boxes.append([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1])
                classes.append([0.8 * (label == 0), 0.8 * (label == 1)])
        asked = torch.ones(len(boxes), dtype=torch.bool)
        found.append(Objects(torch.tensor(boxes).view(-1, 4).float(), torch.tensor(classes).view(-1, 2), asked))
    return found


def small(folder, shares=KNOWN, teacher=None, **options):
    """A run of two canvases of 64 pixels a step."""
    torch.manual_seed(0)
    options = {"batch": 2, "side": 64, "sides": (64,), "seed": 5, "workers": 0} | options
    return train(SingleShot(2, PER_CELL), shares, teacher, folder=folder, **options)


def rows(folder):
    """The curve's rows, without its header."""
    return [[float(cell) for cell in row.split(",")] for row in (folder / "detector.csv").read_text().split()[1:]]


def test_it_learns_and_logs(tmp_path, capsys):
    small(tmp_path, steps=50)
    assert (tmp_path / "detector.csv").read_text().startswith("step,seconds,classes,boxes\n")
    first, second = rows(tmp_path)
    assert (first[0], second[0]) == (25, 50)
    assert second[2] < first[2] and second[3] < first[3]
    assert capsys.readouterr().out.count("min left") == 2


def test_resumed_run_ends_like_an_uninterrupted_one(tmp_path, monkeypatch):
    monkeypatch.setattr(detector, "SAVE_EVERY", 2)
    monkeypatch.setattr(detector, "_memory", lambda steps: 0.8)  # a run this short would remember nothing
    options = {"steps": 5, "sides": (64, 96), "shares": UNKNOWN, "teacher": by_colour}
    straight = small(tmp_path / "straight", **options).state_dict()
    small(tmp_path / "parts", **options, stop_after=3)
    parts = small(tmp_path / "parts", **options).state_dict()
    assert all(torch.equal(straight[name], parts[name]) for name in straight)
    saved = [checkpoint.load(tmp_path / run / "detector.pt") for run in ("straight", "parts")]
    assert [state["step"] for state in saved] == [5, 5]
    networks = [state["network"] for state in saved]
    assert all(torch.equal(weight, networks[1][name]) for name, weight in networks[0].items())
    # What comes out is the running mean, not where the run ended.
    assert any(not torch.equal(weight, straight[name]) for name, weight in networks[0].items())


def test_a_finished_run_is_only_read(tmp_path):
    done = small(tmp_path, steps=1).state_dict()
    again = small(tmp_path, steps=1).state_dict()
    assert all(torch.equal(done[name], again[name]) for name in done)


def test_the_optimiser_has_every_weight_once_and_what_is_new_learns_faster(tmp_path):
    network = small(tmp_path, steps=1)
    groups = checkpoint.load(tmp_path / "detector.pt")["adam"]["param_groups"]
    assert sorted(place for group in groups for place in group["params"]) == list(
        range(len(list(network.parameters())))
    )
    rates = {len(group["params"]): group["rate"] for group in groups}
    assert rates[2 * len(network.heads)] > rates[max(rates)]  # a layer for scores and one for offsets in each head


NOTHING = [Share(pictures()[-1:], 1.0, known=True)]


@pytest.mark.parametrize(("shares", "teacher"), [(UNKNOWN, None), (NOTHING, None), (UNKNOWN, by_colour)])
def test_guesses_are_learned_from_and_so_is_nothing(tmp_path, monkeypatch, shares, teacher):
    monkeypatch.setattr(Curve, "EVERY", 1)
    network = small(tmp_path, shares=shares, teacher=teacher, steps=2)
    assert all(weight.isfinite().all() for weight in network.parameters())
    assert [boxes > 0 for *_, boxes in rows(tmp_path)] == [teacher is not None] * 2


def test_features_wait_until_the_heads_have_learned(tmp_path):
    torch.manual_seed(0)
    start = SingleShot(2, PER_CELL).state_dict()
    for stop, learning in ((3, {True}), (4, {True, False})):
        small(tmp_path, steps=10, stop_after=stop)
        network = checkpoint.load(tmp_path / "detector.pt")["network"]
        changed = [name for name, weight in network.items() if not torch.equal(weight, start[name])]
        assert {".logits." in name or ".offsets." in name for name in changed} == learning


def test_the_last_seventh_sees_the_size_of_use(tmp_path, monkeypatch):
    sides = []

    def step(network, adam, x, objects, **_):
        sides.append(x.shape[-1])
        return [0.0, 0.0]

    monkeypatch.setattr(detector, "_step", step)
    small(tmp_path, steps=14, side=128, sides=(32, 64, 96))
    assert sides[-2:] == [128, 128] and set(sides[:-2]) == {32, 64, 96}


def test_batch_i_is_the_same_whatever_was_made_before():
    later = Batches(KNOWN, batch=2, seed=1, side=64)
    first = [later[step] for step in range(1, 4)]
    alone = Batches(KNOWN, batch=2, seed=1, side=64)[3]
    assert len(alone) == 2
    assert [np.array_equal(*pair) for pair in zip(pixels(first[2]), pixels(alone), strict=True)] == [True, True]
    others = (first[1], Batches(KNOWN, batch=2, seed=2, side=64)[3])
    assert not any(np.array_equal(a, b) for other in others for a, b in zip(pixels(other), pixels(alone), strict=True))


def pixels(canvases):
    return [each.picture for each in canvases]


def test_the_rate_rises_then_falls():
    rates = [schedule(step, 1000) for step in range(1, 1001)]
    assert rates.index(max(rates)) == 99
    assert rates[:100] == sorted(rates[:100]) and rates[99:] == sorted(rates[99:], reverse=True)
    assert 0 < rates[0] < 0.02 and 0 < rates[-1] < 0.03 and max(rates) <= 1


def canvas(known, boxes=(), labels=(), asked=()):
    return Canvas(
        np.full((96, 96, 3), 51, np.uint8),
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array(labels, np.int64),
        np.array(asked, bool),
        np.array(known, np.float32).reshape(-1, 4),
    )


GUESS = Objects(
    # In the middle of the rectangles below; reaching out of one, and into one; on the edge between both; elsewhere.
    torch.tensor([[10, 10, 20, 20], [30, 0, 60, 20], [40, 0, 70, 20], [40, 60, 56, 80], [0, 60, 20, 90]]).float(),
    torch.tensor([[0.9, 0.1], [0.5, 0.2], [0.3, 0.4], [0.1, 0.6], [0.0, 0.7]]),
    torch.ones(5, dtype=torch.bool),
)


@pytest.mark.parametrize(
    ("known", "kept"),
    [
        ([], [0, 1, 2, 3, 4]),
        ([[0, 0, 48, 48]], [2, 3, 4]),
        ([[0, 0, 48, 48], [48, 48, 96, 96]], [2, 4]),
        ([[0, 0, 96, 96]], []),
    ],
)
def test_guesses_are_believed_only_where_nothing_is_known(known, kept):
    each = canvas(known, [[1, 2, 30, 40]], [1], [False])
    x, (objects,) = seen([each], lambda x: [GUESS] * len(x), CPU, 2)
    assert x.shape == (1, 3, 96, 96) and torch.allclose(x, torch.tensor(0.2))
    assert objects.boxes.tolist() == [[1, 2, 30, 40], *GUESS.boxes[kept].tolist()]
    assert torch.equal(objects.classes, torch.cat([torch.tensor([[0.0, 1.0]]), GUESS.classes[kept]]))
    assert objects.asked.tolist() == [False, *[True] * len(kept)]


def test_without_a_teacher_only_the_known_is_there():
    x, objects = seen([canvas([]), canvas([], [[0, 0, 9, 9]], [0], [True])], None, CPU, 2)
    assert len(x) == 2
    assert [tuple(each.boxes.shape) for each in objects] == [(0, 4), (1, 4)]
    assert [tuple(each.classes.shape) for each in objects] == [(0, 2), (1, 2)]


@pytest.mark.parametrize("side", [32, 64, 96, 160])
def test_boxes_shrink_with_their_pictures(side):
    x = torch.full((2, 3, 96, 96), 0.1)
    x[0, :, 12:60, 24:72] = 0.9
    box = Objects(torch.tensor([[24.0, 12.0, 72.0, 60.0]]), torch.tensor([[1.0]]), torch.tensor([False]))
    smaller, (first, second) = shrunk(x, [box, box], side)
    assert smaller.shape == (2, 3, side, side)
    ys, xs = torch.where(smaller[0, 0] > 0.5)
    frame = torch.tensor([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]).float()
    assert (first.boxes[0] - frame).abs().max() <= 1
    assert torch.equal(first.boxes, box.boxes * side / 96) and torch.equal(second.boxes, first.boxes)
    assert torch.equal(first.classes, box.classes) and torch.equal(first.asked, box.asked)
    assert smaller[1].amax() == pytest.approx(0.1) and smaller[1].amin() == pytest.approx(0.1)


def test_what_was_exported_answers_as_what_was_trained(tmp_path, monkeypatch):
    network, file = small(tmp_path, steps=2), tmp_path / "weights" / "detector.safetensors"
    export(network, CLASSES, file)
    monkeypatch.setattr(detection, "weights", lambda name: name)
    monkeypatch.setattr(detection, "checked", {"detector": file}.__getitem__)
    monkeypatch.setattr(devices, "precision", lambda device: torch.float32)
    loaded, image = Detector.load("cpu"), Image.fromarray(pictures()[0].picture)
    assert loaded.classes == CLASSES
    before, after = Detector(network, CLASSES).raw(image, size=96), loaded.raw(image, size=96)
    assert torch.equal(before.anchors, after.anchors) and before.scale == after.scale
    torch.testing.assert_close(after.offsets, before.offsets, rtol=1e-2, atol=2e-3)
    torch.testing.assert_close(after.scores, before.scores, rtol=1e-2, atol=1e-4)
    assert before.offsets.std() > 0.03  # answers differ, so that equal ones mean something


def test_a_file_holds_the_weights_rounded_and_the_names(tmp_path):
    torch.manual_seed(0)
    network, file = SingleShot(2, PER_CELL), tmp_path / "detector.safetensors"
    export(network, CLASSES, file)
    values, classes = stored(file)
    assert classes == CLASSES and set(values) == set(network.state_dict())
    for name, weight in network.state_dict().items():
        torch.testing.assert_close(values[name], weight, rtol=1e-3, atol=1e-7)
    with safe_open(file, "pt") as opened:
        assert {opened.get_slice(name).get_dtype() for name in opened.keys()} == {"F16"}  # noqa: SIM118
        assert json.loads(opened.metadata()["classes"]) == list(CLASSES)
