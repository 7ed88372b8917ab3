"""F-03 and F-22: ended, or failed, at any step of a save, of a run's beginning and end, and of a migration."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import downgrade, upgrade
from PIL import Image

from app.blog import editing, patience
from app.blog.manuscript import Manuscript
from app.db import db
from app.demos.base import Update
from app.jobs.engine import Changes, Read
from app.jobs.execute import execute
from app.jobs.models import Job, requeue_lost
from tests.chaos.struck import Ground, State, lacking, state, strikes
from tests.jobs.conftest import Lab

BEFORE = Manuscript("A post", "The text before.", slug="a-post", status="published", tags=("one", "two"))
AFTER = replace(BEFORE, title="Another title", source="A text that was struck.", slug="another", tags=("two", "three"))
DEEDS = pytest.mark.parametrize("deed", ["exit", "raise"])


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    monkeypatch.setattr(patience, "_drafter", patience._drafted)  # one more process would be no child of a fork's
    return Ground(tmp_path)


def save() -> None:
    post = editing.everything()[0]
    editing.save(post.id, post.version, AFTER)


def legal(ground: Ground, work: Any) -> tuple[State, State]:
    """The states before and after the work, undisturbed."""
    assert not ground.strike(lambda: None, 1, "exit")
    before = state(ground.data)
    assert not ground.strike(work, 10**9, "exit")
    after = state(ground.data)
    assert before != after
    return before, after


def turns(ground: Ground, work: Any, deed: str, every: int = 1) -> list[bool]:
    """For each step at which it was struck, whether all of the work was there; else nothing of it was."""
    before, after = legal(ground, work)
    done = []
    for number in strikes(ground, work, deed, every):
        found = state(ground.data)
        assert found in (before, after), f"step {number}"
        assert lacking(ground.data) == [], f"step {number}"
        done.append(found == after)
    return done


def one_turn(done: list[bool]) -> bool:
    """There is one step between nothing and all, and no way back."""
    return done == sorted(done) and done[0] is False and done[-1] is True


@DEEDS
def test_a_save_is_whole_or_not_at_all(ground: Ground, deed: str) -> None:
    ground.furnish(lambda: (db.create_all(), editing.create(BEFORE)))
    done = turns(ground, save, deed)
    assert len(done) > 15
    assert one_turn(done)


@DEEDS
def test_a_run_is_accepted_with_its_picture_or_not_at_all(ground: Ground, deed: str) -> None:
    ground.furnish(db.create_all)
    done = turns(ground, lambda: submit(ground, photo=b"a photograph"), deed)
    assert len(done) > 10
    assert one_turn(done)


def submit(ground: Ground, **inputs: Any) -> None:
    Lab(ground.app).submit(n=7, **inputs)


def counted(inputs: Mapping[str, Any], read: Read, _state: bytes | None) -> Generator[Update, Changes, None]:
    """What a run of inputs comes to is decided by them alone."""
    for step in (1, 2):
        picture = Image.new("RGB", (4, 4), (step, inputs["n"], 0))
        yield Update(step / 2, {"step": step, "n": inputs["n"]}, {"result": picture}, {"sum": b"%d" % step})


def run(ground: Ground) -> None:
    """As a worker begins: what an earlier one left goes back in line, and then it has its turn."""
    lab = Lab(ground.app)
    lab.run = counted
    requeue_lost("worker")
    job = db.session.query(Job).one()
    db.session.rollback()
    execute(job.id, "worker", "a test bench")


@pytest.mark.parametrize("deed", ["exit", pytest.param("raise", marks=pytest.mark.full)])
def test_a_run_that_ends_at_any_step_comes_to_the_same_in_the_end(ground: Ground, deed: str) -> None:
    ground.furnish(lambda: (db.create_all(), submit(ground)))
    legal(ground, lambda: run(ground))
    after, struck = outcome(ground), 0
    assert after[0][0][0] == "succeeded"
    for number in strikes(ground, lambda: run(ground), deed):
        told = "'failed'" in state(ground.data)["jobs"][0]  # a fault in the midst of a run is told to its reader
        if not told:
            ground.go_on(lambda: run(ground))
        assert lacking(ground.data) == [], f"step {number}"
        assert deed == "raise" if told else outcome(ground) == after, f"step {number}"
        struck += 1
    assert struck > 40


def outcome(ground: Ground) -> tuple[list[Any], ...]:
    """How the run ended, what it told on the way, and the pictures that it holds, its results each once.

    The numbers of its reports go on over a lost attempt, for those who heard the first one's.
    """
    with closing(sqlite3.connect(ground.data / "playpress.db")) as connection:
        asked = (
            "SELECT status, progress, data, pictures, files, error FROM jobs",
            "SELECT progress, data, pictures FROM job_events ORDER BY seq",
            "SELECT role, key FROM job_pictures WHERE role = 'result' ORDER BY key",
            "SELECT DISTINCT role, key FROM job_pictures ORDER BY role, key",
        )
        return tuple(connection.execute(query).fetchall() for query in asked)


def test_a_migration_that_ends_at_any_step_comes_to_the_same_in_the_end(ground: Ground) -> None:
    """Each of them is a step of its own, and goes on where it ended."""
    ground.furnish(lambda: (upgrade(), editing.create(BEFORE), db.session.remove(), downgrade(revision="0006")))
    _, after = legal(ground, upgrade)
    seen = []
    for number in strikes(ground, upgrade, "exit", every=3):
        seen.append(state(ground.data)["alembic_version"][0])
        ground.go_on(upgrade)
        assert state(ground.data) == after, f"step {number}"
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
