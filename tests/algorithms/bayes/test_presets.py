"""Problems with known answers, each against the worlds counted out."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product

import pytest

from app.algorithms import bayes
from app.algorithms.bayes import diagnosis

KNOWN = {  # published or counted answers
    "mammography": 0.078,
    "rare disease": 0.090,
    "doctors": 0.020,
    "court": 1 / 11,
    "monty hall": 2 / 3,
    "monty fall": 1 / 2,
    "two children": 1 / 3,
    "elder child": 1 / 2,
    "tuesday": 13 / 27,
}


def posterior(name: str) -> float:
    answer = diagnosis.square(bayes.preset(name)[0])["posterior"]
    assert isinstance(answer, float)
    return answer


@pytest.mark.parametrize(("name", "answer"), KNOWN.items())
def test_known_answers(name: str, answer: float) -> None:
    assert posterior(name) == pytest.approx(answer, abs=5e-4)


def counted(worlds: list[tuple[Fraction, bool, bool]]) -> Fraction:
    """P(first flag | second flag) from worlds with their weights."""
    seen = [(weight, holds) for weight, holds, shown in worlds if shown]
    return sum((w for w, holds in seen if holds), Fraction(0)) / sum((w for w, _ in seen), Fraction(0))


@pytest.mark.parametrize(("name", "knows"), [("monty hall", True), ("monty fall", False)])
def test_the_hosts_games_counted(name: str, knows: bool) -> None:
    worlds = []
    for car, door in product((1, 2, 3), (2, 3)):
        doors = [d for d in (2, 3) if d != car] if knows else [2, 3]
        weight = Fraction(1, 3) / len(doors) if door in doors else Fraction(0)
        worlds.append((weight, car == 2, door == 3 and car != 3))
    assert posterior(name) == pytest.approx(float(counted(worlds)))


def test_families_counted() -> None:
    week = range(7)
    families = list(product(product("bg", week), repeat=2))
    each = Fraction(1, len(families))
    girls = [(each, a[0] == b[0] == "g", "g" in (a[0], b[0])) for a, b in families]
    elder = [(each, a[0] == b[0] == "g", a[0] == "g") for a, b in families]
    tuesday = [(each, a[0] == b[0] == "b", ("b", 2) in (a, b)) for a, b in families]
    for name, worlds in (("two children", girls), ("elder child", elder), ("tuesday", tuesday)):
        assert posterior(name) == pytest.approx(float(counted(worlds))), name


def test_the_prosecutor_is_far_off() -> None:
    test, _ = bayes.preset("court")
    assert test.false_positive == pytest.approx(1e-6)
    assert posterior("court") < 0.1


def test_sentences_speak_of_whole_people() -> None:
    assert bayes.sentence(bayes.Test(0.01, 0.8, 0.096)) == "Of 103 positives, 8 are ill."
    assert bayes.sentence(bayes.Test(0.001, 1, 0)) == "Of 1 positive, 1 is ill."
    assert bayes.sentence(bayes.Test(0.3, 0, 0)) == "Of 1,000, there is not one positive."
    mammography, words = bayes.preset("mammography")
    assert bayes.sentence(mammography, words["words"]) == "Of 103 women with a positive mammogram, 8 have cancer."


@pytest.mark.parametrize("preset", bayes.PRESETS, ids=lambda preset: preset["name"])
def test_every_preset_is_whole(preset: dict[str, object]) -> None:
    assert json.loads(json.dumps(preset)) == preset
    assert str(preset["question"]).endswith("?") or "said" in str(preset["question"])
    assert preset["source"]
    assert set(preset["words"]) == {"one", "many", "is", "are"}  # type: ignore[call-overload]
    test, _ = bayes.preset(str(preset["name"]))
    view = diagnosis.people(test, int(str(preset["total"])))
    assert view["posterior_whole"] == pytest.approx(view["posterior"], abs=0.005)
