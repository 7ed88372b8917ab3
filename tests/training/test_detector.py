"""The detector's training: it learns, it resumes as if it had never stopped, and it believes boxes before guesses."""

import json

import pytest
import torch
from PIL import Image
from safetensors import safe_open

from app.algorithms.vision import devices
from app.algorithms.vision.detection import Detector
from app.algorithms.vision.detection import detector as detection
from app.algorithms.vision.detection.anchors import PER_CELL
from app.algorithms.vision.detection.detector import stored
from app.algorithms.vision.networks.detector import SingleShot
from tests.training.rectangles import KNOWN, UNKNOWN, by_colour, pictures
from training import checkpoint, detector
from training.curve import Curve
from training.detector import export, train
from training.mosaics import Share

CLASSES = ("red", "green")
CPU = torch.device("cpu")


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
        small(tmp_path, steps=20, stop_after=stop)
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
