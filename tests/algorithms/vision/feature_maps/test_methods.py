"""Schedules by counting, and a room that needs no torch."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.algorithms.vision.feature_maps.methods import DEFAULT, METHODS, Method, finishes, named, rungs, sizes

ROOT = Path(__file__).parents[4]
GROWING = METHODS["growing"]


def test_graetz_goes_through_his_sizes():
    assert sizes(GROWING, 408)[:3] == [56, 67, 81]
    assert sizes(GROWING, 408)[-1] == 408
    assert len(sizes(GROWING, 408)) == 12


def test_every_size_is_larger_and_the_last_is_asked_for():
    for size in (32, 56, 57, 224, 1024):
        for factor in (1.05, 1.2, 4.0):
            through = sizes(replace(GROWING, factor=factor), size)
            assert through == sorted(set(through))
            assert through[-1] == size


def test_what_does_not_grow_has_one_size():
    assert sizes("plain", 300) == sizes("fourier", 300) == [300]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("steps", [1, 5, 9, 180])
def test_all_steps_are_made(method, steps):
    plan = rungs(method, 224, steps)
    assert sum(count for _, count in plan) == steps
    assert all(count > 0 for _, count in plan)
    assert plan[-1][0] == 224


def test_steps_are_even():
    counts = [count for _, count in rungs("growing", 224, 185)]
    assert max(counts) - min(counts) <= 1


def test_only_what_moves_has_to_be_finished():
    assert finishes("plain", 100) == finishes(Method(fourier=True), 100) == 0
    assert 0 < finishes("fourier", 100) < 100


def test_names():
    assert named(DEFAULT) is METHODS[DEFAULT] is named(METHODS[DEFAULT])
    with pytest.raises(ValueError) as refusal:
        named("magic")
    assert str(refusal.value) == "The method can be plain, growing, fourier, not “magic”."


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"start": 8}, "The start must be between 16 and 1024, not 8."),
        ({"factor": 1.0}, "The factor must be between 1.05 and 4.0, not 1.0."),
        ({"radius": -1.0}, "The radius must be between 0.0 and 8.0, not -1.0."),
        ({"rate": 0.0}, "The rate must be between 0.001 and 1.0, not 0.0."),
    ],
)
def test_numbers_out_of_range_are_sentences(numbers, sentence):
    with pytest.raises(ValueError) as refusal:
        Method(**numbers)
    assert str(refusal.value) == sentence


def test_a_size_out_of_range_is_a_sentence():
    with pytest.raises(ValueError, match=r"The size must be between 32 and 1024, not 31\."):
        sizes("plain", 31)


def test_layers_and_methods_need_no_torch():
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from app.algorithms.vision.feature_maps import METHODS, Method\n"
        "from app.algorithms.vision.feature_maps.layers import address\n"
        "from app.algorithms.vision.feature_maps.methods import rungs"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
