"""The checker of F-01 finds what it is there to find."""

from __future__ import annotations

import pytest

from tests.chaos.history import Deed, Fate, History, lost_runs, lost_texts


def texts(*sent: tuple[str, Fate]) -> list[Deed]:
    return [Deed("text", "post", value, fate) for value, fate in sent]


@pytest.mark.parametrize("there", ["two", "three"])
def test_the_last_acknowledged_text_or_one_that_was_sent_later_is_right(there: str) -> None:
    sent = texts(("one", "acknowledged"), ("two", "acknowledged"), ("three", "unknown"))
    assert list(lost_texts(sent, {"post": there})) == []


def test_what_nobody_knows_may_be_there_or_not() -> None:
    sent = texts(("one", "unknown"))
    assert list(lost_texts(sent, {})) == list(lost_texts(sent, {"post": "one"})) == []


@pytest.mark.parametrize("found", [{}, {"post": "one"}, {"post": "four"}, {"post": "half"}, {"post": "two", "x": "y"}])
def test_everything_else_is_lost(found: dict[str, str]) -> None:
    sent = texts(("one", "acknowledged"), ("two", "acknowledged"), ("four", "failed"))
    assert len(list(lost_texts(sent, found))) == 1


RUNS = [("gone", ""), ("queued", ""), ("running", ""), ("succeeded", "8"), ("failed", ""), ("canceled", "")]


@pytest.mark.parametrize("end", RUNS, ids=lambda end: "-".join(end))
def test_a_run_that_was_accepted_ends_as_it_must(end: tuple[str, str]) -> None:
    assert len(list(lost_runs([Deed("run", "a", "7", "acknowledged")], {"a": end} if end[0] != "gone" else {}))) == 1
    assert list(lost_runs([Deed("run", "a", "7", "unknown")], {"a": end})) == []


def test_one_that_ended_well_or_with_a_sentence_is_right() -> None:
    for end in (("succeeded", "7"), ("failed", "This run was given up.")):
        assert list(lost_runs([Deed("run", "a", "7", "acknowledged")], {"a": end})) == []


def test_a_broken_connection_leaves_it_unknown() -> None:
    def break_off() -> bool:
        raise ConnectionResetError

    def be_refused() -> bool:
        raise ConnectionRefusedError

    history = History()
    assert not history.tell(Deed("text", "a", "1"), break_off)
    assert history.tell(Deed("text", "a", "2"), lambda: True)
    assert not history.tell(Deed("run", "b", "3"), lambda: False)
    assert not history.tell(Deed("run", "b", "4"), be_refused)
    assert [deed.fate for deed in history.deeds] == ["unknown", "acknowledged", "failed", "failed"]
    assert (history.acknowledged(), history.acknowledged("run")) == (1, 0)
