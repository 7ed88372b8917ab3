"""A blog made by Nikola with its default theme, in a virtual environment that is thrown away with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MINUTES = 5
HEAD = """<!--
.. title: {title}
.. slug: {slug}
.. date: 2026-11-01 10:00:00 UTC
.. has_math: {math}
.. type: text
-->

"""


class NotThere(Exception):
    """Nikola could not be had; the message says why."""


def build(folder: Path, posts: dict[str, str]) -> tuple[str, Path]:
    """Nikola's version, and the folder of its site with these posts, by slug. Raises NotThere."""
    python = folder / "venv/bin/python"
    try:
        _run(sys.executable, "-m", "venv", str(folder / "venv"))
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "Nikola")
        version = _run(str(python), "-m", "nikola", "version").split()[-1].removeprefix("v")
        _run(str(python), "-m", "nikola", "init", "--quiet", str(folder / "site"))
        for slug, text in posts.items():
            head = HEAD.format(title=f"A post of {slug}", slug=slug, math=str("$$" in text).lower())
            (folder / f"site/posts/{slug}.md").write_text(head + text)
        _run(str(python), "-m", "nikola", "build", "--quiet", cwd=folder / "site")
    except (subprocess.SubprocessError, OSError) as error:
        raise NotThere(_reason(error)) from error
    return version, folder / "site/output"


def _run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True, timeout=60 * MINUTES)
    return done.stdout


def _reason(error: Exception) -> str:
    said = getattr(error, "stderr", None) or str(error)
    return str(said).strip().splitlines()[-1][:120] if str(said).strip() else type(error).__name__
