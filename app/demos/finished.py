"""Finished examples: runs kept beside a demo, so that its bench shows a result before anyone touches it.

Each is a folder in `finished/`, as `flask demo NAME … --out FOLDER` writes it, with a caption.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.demos.assets import asset_url
from app.demos.base import Demo
from app.demos.kinds import Picture


@dataclass(frozen=True)
class Finished:
    """A finished run: what went in, the pictures and files that came out by name, the numbers of every report."""

    inputs: dict[str, Any]
    pictures: dict[str, str]
    updates: list[dict[str, Any]]
    device: str
    seconds: float
    caption: str
    files: dict[str, str]

    @property
    def data(self) -> dict[str, Any]:
        last: dict[str, Any] = self.updates[-1]["data"]
        return last


def finished_run(demo: Demo, values: dict[str, Any]) -> Finished | None:
    """The kept run whose inputs are nearest to `values`, with its own pictures among them as addresses.

    None where every kept run was made of another picture than one that is asked for: what is found in one photograph
    is no example of another.
    """
    folders = [folder for folder in _folders(demo.folder) if _is_of(_read(folder)["inputs"], demo, values)]
    if not folders:
        return None
    nearest = max(folders, key=lambda folder: sum(_read(folder)["inputs"].get(k) == v for k, v in values.items()))
    run = _read(nearest)
    urls = {file.name: asset_url(demo, file) for file in _pictures(nearest)}
    updates = [u | {"pictures": {k: urls[v] for k, v in u.get("pictures", {}).items()}} for u in run["updates"]]
    last = {file.stem: urls[file.name] for file in _pictures(nearest) if not _is_stage(file)}
    files = {file.stem: asset_url(demo, file) for file in sorted(nearest.glob("*.bin"))}
    return Finished(run["inputs"], last, updates, run["device"], run["seconds"], run["caption"], files)


def _is_of(inputs: dict[str, Any], demo: Demo, values: dict[str, Any]) -> bool:
    """True if these are inputs of a run of the very pictures that `values` names, and alike in all that is decisive."""
    asked = {f.name: values.get(f.name) for f in demo.fields if isinstance(f.kind, Picture)}
    if demo.decisive:
        return all(inputs.get(name) == values.get(name) for name in demo.decisive(values))
    return all(picture is None or inputs.get(name) == picture for name, picture in asked.items())


def _is_stage(file: Path) -> bool:
    """True for a small picture on the way: it has a number after its name."""
    return file.stem.rpartition("-")[2].isdecimal()


@cache
def _pictures(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix not in (".json", ".bin"))


@cache
def _folders(demo_folder: Path) -> list[Path]:
    return sorted(file.parent for file in demo_folder.glob("finished/*/run.json"))


@cache
def _read(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "run.json").read_text())
    return read
