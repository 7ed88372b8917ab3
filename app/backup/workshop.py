"""Where something is made before it is moved to its place: a folder beside that place, and sites opened in it."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask, current_app

from app.config import Settings
from app.db import db

PREFIX = ".playpress-backup-"
OpenSite = Callable[[Settings], Flask]


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A new folder in `folder` that is gone afterwards; so are those whose maker was killed."""
    for left in folder.glob(f"{PREFIX}*"):
        _clear_if_left(left)
    made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    held = os.open(made, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(held)


@contextmanager
def site_in(folder: Path, open_site: OpenSite) -> Iterator[Flask]:
    """The application with its data in `folder` and the settings of the present one; runs nothing by itself."""
    here: Settings = current_app.config["SETTINGS"]
    key = current_app.config["SECRET_KEY"]
    app = open_site(replace(here, DATA=folder, DATABASE_URL="", SECRET_KEY=key, JOB_ENGINE="none"))
    try:
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()  # the last connection that closes puts everything into the one file
    finally:
        app.extensions["jobs"].stop()


def on_disk(folder: Path) -> None:
    """Returns when the names in `folder` are on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_if_left(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass  # its maker lives
    finally:
        os.close(descriptor)
