"""H-42: the site does not start with a key that others know, nor shows its inside when it is asked to debug."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import refuse_guessable
from app.errors import BadSetting

ROOT = Path(__file__).parents[2]


def started(data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from wsgi import app; print(app.debug, len(app.config['SECRET_KEY']))"]
    own = os.environ | {"DATA": str(data), "JOB_ENGINE": "none"} | environment
    return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("key", ["a" * 40, "secret" * 8, "0123456789" * 4, " " * 40, "abab" * 10, "change-me-" * 5])
def test_a_key_that_says_the_same_again_and_again_is_soon_guessed(key: str) -> None:
    with pytest.raises(BadSetting, match="SECRET_KEY is soon guessed"):
        refuse_guessable(key)


def test_a_key_of_chance_is_none_of_those() -> None:
    for _ in range(2_000):
        refuse_guessable(secrets.token_hex(16))
        refuse_guessable(secrets.token_urlsafe(24))


@pytest.mark.parametrize("key", ["short", "k" * 40])
def test_with_such_a_key_the_site_does_not_start(tmp_path: Path, key: str) -> None:
    told = started(tmp_path, SECRET_KEY=key)
    assert told.returncode != 0
    assert "Playpress cannot start: SECRET_KEY" in told.stderr
    assert "Traceback" not in told.stderr


def test_without_a_key_one_is_made_and_debugging_is_off(tmp_path: Path) -> None:
    told = started(tmp_path)
    assert told.stdout.split() == ["False", "64"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
