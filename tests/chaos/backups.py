"""F-21: a site is backed up again and again while clients write and start runs; each backup becomes a new site."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from shutil import rmtree

from flask_migrate import upgrade

from app import create_app
from app.backup import capture, recovery
from tests.backup.conftest import site, state
from tests.chaos.clients import DEMO, Clients
from tests.chaos.history import Deed, History, lost_texts
from tests.chaos.kills import FIRST_POST, Site
from tests.chaos.server import Server, furnish

EVERY = 2.0  # seconds between two beginnings, at least
SLOWER = 0.2  # seconds between two deeds of a client: what there is to back up grows all the time
PAGES = 50  # of the site at rest that are compared byte by byte


@dataclass
class BackedUp:
    """What became of `backups` sites, each made from a backup that was begun while clients were at work."""

    backups: int = 0
    history: History = field(default_factory=History)
    due: int = 0  # acknowledged texts and runs that had to be in them, all together
    seconds: list[float] = field(default_factory=list)  # that each backup took
    pages: int = 0  # that were the same in the last one, byte by byte
    wrong: list[str] = field(default_factory=list)


def back_up(data: Path, times: int, seed: int) -> BackedUp:
    """Makes a site in `data`, and beside it one from each of so many backups, and then one of the site at rest."""
    told = BackedUp()
    _lay_out(data / "site")
    server = Site(data / "site")
    clients = None
    try:
        clients = Clients(lambda: server.port, told.history, seed)
        clients.slower = SLOWER
        due = time.monotonic()
        for number in range(times):
            due = max(due + EVERY, time.monotonic())
            time.sleep(max(0.0, due - time.monotonic()))
            _once(data, number, told)
        clients.stop()
        told.wrong += _at_rest(data, server, told)
    finally:
        if clients:
            clients.stopping.set()
        server.stop()
    return told


def _lay_out(data: Path) -> None:
    folder = data / "demos" / "squares"
    folder.mkdir(parents=True)
    for name in ("demo.py", "run.py"):
        (folder / name).write_text(DEMO.format(pause=0.1))
    with site(data):
        upgrade()
    furnish(data)


def _once(data: Path, number: int, told: BackedUp) -> None:
    new, before = data / "new", moment(told.history)
    _made(data, new, told)
    deeds = allowed(before, moment(told.history))
    due = [deed for deed in deeds if deed.fate == "acknowledged"]
    told.wrong += [f"backup {number}: {each}" for each in lost(deeds, new)]
    told.backups, told.due = told.backups + 1, told.due + len(due)
    rmtree(new)


def _made(data: Path, new: Path, told: BackedUp) -> None:
    """A backup, and the site in `new` that is made from it. Raises what either of them does."""
    with site(data / "site"):
        made = capture.make(data / "site.zip", create_app)
    told.seconds.append(made.seconds)
    told.wrong += [f"a backup has lost {made.lost}"] if made.lost else []
    with site(new):
        recovery.restore(made.file, create_app)
    state(new)  # raises unless the database is whole and every file is there that it names


def moment(history: History) -> list[Deed]:
    """What is known of all deeds just now."""
    with history.lock:
        return [replace(deed) for deed in history.deeds]


def allowed(before: Iterable[Deed], after: Iterable[Deed]) -> list[Deed]:
    """The deeds, with what a backup between the two moments must show: of what was not known before, either may be."""
    pairs = zip_longest(before, after)
    return [
        replace(now, fate=then.fate if then and then.fate in ("acknowledged", "failed") else "unknown")
        for then, now in pairs
    ]


def lost(deeds: Iterable[Deed], data: Path) -> Iterator[str]:
    """What is wrong with the site in `data`, which is to have what was acknowledged."""
    deeds = list(deeds)
    with closing(sqlite3.connect(data / "playpress.db")) as connection:
        posts = connection.execute("SELECT slug, source, title, description, html FROM posts").fetchall()
        runs = connection.execute("SELECT id, status, json_extract(data, '$.outcome') FROM jobs").fetchall()
    yield from lost_texts(deeds, dict(_word(*row) for row in posts if row[0] != FIRST_POST))
    found = {key: (status, str(outcome)) for key, status, outcome in runs}
    for deed in deeds:
        if deed.kind == "run" and deed.fate == "acknowledged":
            status, outcome = found.get(deed.key, ("gone", ""))
            if status in ("gone", "failed") or (status == "succeeded" and outcome != deed.value):
                yield f"run {deed.key}: {status} {outcome}"


def _word(slug: str, source: str, *places: str) -> tuple[str, str]:
    """The word that a client wrote into several fields of a post; more than that, where they do not agree."""
    word = source.removeprefix("Text ").removesuffix(".")
    return slug, word if all(word in place for place in places) else f"half of {source}"


def _at_rest(data: Path, server: Server, told: BackedUp) -> Iterator[str]:
    """Where nobody writes, the site that is made from a backup has the same pages."""
    new = data / "new"
    _made(data, new, told)
    with closing(sqlite3.connect(new / "playpress.db")) as connection:
        rows = connection.execute("SELECT slug FROM posts ORDER BY random() LIMIT ?", (PAGES,)).fetchall()
    with site(new) as app:
        client = app.test_client()
        for path in ("/", "/archive", "/tags", *(f"/posts/{slug}" for (slug,) in rows)):
            told.pages += 1
            page = client.get(path, base_url=f"http://127.0.0.1:{server.port}").text
            if server.get(path).text != page:  # type: ignore[attr-defined]
                yield f"{path} is another page in the site at rest"
