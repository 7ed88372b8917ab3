"""What is drawn live: every objective and method gives pictures that grow, and numbers that are theirs."""

from __future__ import annotations

import numpy as np
import pytest

from app.demos.feature_maps.demo import DEMO, METHODS, OBJECTIVES
from app.demos.feature_maps.schedule import method, own, pushes
from app.errors import InvalidInput
from tests.demos.feature_maps.conftest import Run


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_is_drawn(ran: Run, objective: str) -> None:
    *_, last = updates = ran(objective=objective, method="growing")
    assert [update.progress for update in updates] == sorted(update.progress for update in updates)
    assert (len(updates), last.progress, last.data["step"], last.data["of"]) == (10, 1, 10, 10)
    assert len(last.data["curve"]) == 10 and last.data["grown"][0] == [1, 56] and last.data["grown"][-1][1] == 128
    assert max(last.data["curve"]) > last.data["curve"][0]
    many = 4 if objective == "diversity" else 1
    assert len(last.data["activations"]) == many
    assert last.pictures["result"].size == (128 * (2 if many == 4 else 1),) * 2


def test_every_method_draws_something_else(ran: Run) -> None:
    drawn = [ran(method=name, decay="1")[-1].pictures["result"].tobytes() for name in METHODS]
    assert len(set(drawn)) == len(METHODS)


def test_the_same_seed_gives_the_same_picture_and_another_one_another(ran: Run) -> None:
    first, again, other = (ran(seed=seed)[-1].pictures["result"].tobytes() for seed in ("3", "3", "4"))
    assert first == again != other


def test_methods_stand_side_by_side_and_each_is_what_it_draws_alone(ran: Run) -> None:
    *_, last = updates = ran(question="methods", method="fourier")
    assert list(last.data["methods"]) == ["plain", "growing", "fourier"]
    assert sorted(updates[0].pictures) == ["plain", "result"]
    assert last.data["of"] == last.data["step"] == 30 and last.progress == 1
    assert last.pictures["result"].tobytes() == last.pictures["fourier"].tobytes()
    assert last.data["activation"] == last.data["methods"]["fourier"]["activation"]
    for name in ("plain", "growing", "fourier"):
        assert last.pictures[name].tobytes() == ran(method=name)[-1].pictures["result"].tobytes()


def test_switches_of_ones_own_stand_beside_the_three(ran: Run) -> None:
    last = ran(question="methods", method="own", grow="0")[-1]
    assert list(last.data["methods"]) == ["plain", "growing", "fourier", "own"]
    assert last.data["of"] == 40


def test_a_photograph_is_pushed_and_still_is_one(ran: Run) -> None:
    last = ran(question="push", photo="coffee", steps="60")[-1]
    before, after = (np.asarray(last.pictures[name], float) for name in ("before", "result"))
    assert before.shape == after.shape and max(before.shape) == 128
    assert last.data["of"] == pushes(60) == 10
    assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.6
    assert np.abs(before - after).mean() > 2


def test_the_second_channel_is_the_next_where_none_is_given(ran: Run) -> None:
    mixed = [ran(objective="mix", **given)[-1] for given in ({}, {"second": "detector/stage2/5"})]
    assert mixed[0].pictures["result"].tobytes() == mixed[1].pictures["result"].tobytes()


def test_a_mix_goes_from_one_channel_to_the_other(ran: Run) -> None:
    ends = [ran(objective="mix", mix=mix)[-1].pictures["result"].tobytes() for mix in ("0", "1")]
    alone = [ran(channel=f"detector/stage2/{number}")[-1].pictures["result"] for number in (4, 5)]
    # At an end only one channel counts, but for its scale, which Adam does not see.
    for end, picture in zip(ends, alone, strict=True):
        apart = np.abs(np.frombuffer(end, np.uint8).astype(float) - np.asarray(picture, float).ravel()).mean()
        assert apart < 4


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"objective": "mix", "second": "style-encoder/relu1_1/0"}, "second"),
        ({"objective": "difference", "second": "style-encoder/relu1_1/0"}, "second"),
        ({"question": "push", "objective": "diversity"}, "objective"),
        ({"channel": "nowhere/at/0"}, "channel"),
        ({"photo": "nobody"}, "photo"),
    ],
)
def test_what_does_not_go_together_is_said_beside_its_field(given: dict[str, str], name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        DEMO.parse({"channel": "detector/stage2/4"} | given)
    assert list(refused.value.problems) == [name]
    assert refused.value.problems[name].endswith(".")


def test_a_second_channel_of_another_network_does_not_matter_where_it_is_not_asked_for() -> None:
    DEMO.parse({"channel": "detector/stage2/4", "second": "style-encoder/relu1_1/0"})


def test_the_switches_of_a_method_are_that_method() -> None:
    inputs = DEMO.parse({})
    growing = method(inputs, "growing")
    assert own({name: getattr(growing, name) for name in ("grow", "blur", "jitter")}) == growing
