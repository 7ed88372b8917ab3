from __future__ import annotations

import threading
import time

from sqlalchemy import text

from app.db import db, writing
from app.jobs.events import Bell
from tests.jobs.conftest import Lab


def test_it_rings_for_commits_of_others_and_only_then(lab: Lab) -> None:
    bell = Bell(db.engine)
    seen = bell.wait(-1, 0)
    assert bell.wait(seen, 0.15) == seen
    with writing() as session:
        session.execute(text("CREATE TABLE bell (n INTEGER)"))
    assert bell.wait(seen, 5) != seen


def test_a_stopped_bell_keeps_nobody_waiting(lab: Lab) -> None:
    bell = Bell(db.engine)
    seen = bell.wait(-1, 0)
    threading.Timer(0.1, bell.stop).start()
    started = time.monotonic()
    bell.wait(seen, 30)
    assert time.monotonic() - started < 15
