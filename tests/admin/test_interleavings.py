"""A few of the random interleavings; `python -m tests.admin.interleavings` runs a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.blog import copies, revisions
from tests.admin.interleavings.__main__ import table
from tests.admin.interleavings.page import form_at
from tests.admin.interleavings.runs import run
from tests.admin.interleavings.site import Here, here, killed_at_times

SEEDS = range(6)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    with here(tmp_path_factory.mktemp("interleavings")) as site:
        yield site


@pytest.mark.parametrize("seed", SEEDS)
def test_no_word_is_lost_and_none_overwritten_unseen(site: Here, seed: int) -> None:
    done = run(site, seed)
    assert done.history.count("acknowledged")
    assert done.faults == []


def test_nor_where_the_server_is_killed(tmp_path: Path) -> None:
    with killed_at_times(tmp_path) as server:
        done = [run(server, seed, steps=14) for seed in (1, 4)]
        assert server.kills > 0
    assert [fault for one in done for fault in one.faults] == []


def test_a_server_that_heeds_no_number_is_found_out(site: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    take = copies._take
    monkeypatch.setattr(copies, "_take", lambda s, copy, version, _rev, said: take(s, copy, version, copy.rev, said))
    assert any("typed over unseen" in fault for fault in _faults_until_one(site))


def test_a_server_that_forgets_what_is_typed_is_found_out(site: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_revision(*_: Any) -> None: ...

    monkeypatch.setattr(revisions, "note_typed", no_revision)
    monkeypatch.setattr(revisions, "write", no_revision)
    assert any("has no revision" in fault for fault in _faults_until_one(site))


def _faults_until_one(site: Here) -> list[str]:
    return next((found for seed in range(103, 130) if (found := run(site, seed).faults)), [])


def test_the_table_says_what_was_in_the_runs(site: Here) -> None:
    done = [run(site, 3, steps=6)]
    told = table(done, 0, 1.0)
    assert f"requests that write{len(done[0].history.events):>40}" in told
    assert "lost, or overwritten unseen" in told


def test_a_form_is_read_as_browsers_read_it() -> None:
    page = """<input form="f" name="far" value="2"><form action="/b"><input name="no" value="0"></form>
        <form id="f" action="/a"><textarea name="t">\n\nx&amp;\n</textarea><input name="i" value="1"></form>"""
    assert form_at(page, "/a") == {"far": "2", "t": "\r\nx&\r\n", "i": "1"}
