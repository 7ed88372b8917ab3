"""Live demos: every folder here with a demo.py is one, found by looking."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from flask import Flask

from app.demos import bench
from app.demos.base import Demo, Update
from app.errors import NotFound

HERE = Path(__file__).parent


def init_app(app: Flask) -> None:
    from app.demos import api, views  # they look demos up here

    app.register_blueprint(views.bp)
    app.register_blueprint(api.bp)


def names() -> list[str]:
    return list(_found())


def every() -> list[Demo]:
    return list(_found().values())


def get(name: str) -> Demo:
    """The demo of this name. Raises NotFound with the names there are."""
    if name not in _found():
        raise NotFound(f"There is no demo named “{name[:40]}”. There is: {', '.join(names())}.")
    return _found()[name]


def run(name: str) -> Callable[[Any], Iterator[Update]]:
    """The run of a demo, as a function of its inputs; loads what it computes with."""
    found: Callable[[Any], Iterator[Update]] = _run_module(name).run
    return found


def run_of(name: str) -> Callable[[Mapping[str, Any], Callable[[str], bytes]], Iterator[Update]]:
    """The run of a demo, as a function of inputs as they are stored and of a way to read their pictures."""
    return lambda plain, read: run(name)(get(name).load(plain, read))


def warm_up(device: str) -> str:
    """Load what runs compute with before a reader waits for it; the device in words, such as “1 of 2 CPU cores”.

    `device` is cpu, cuda, cuda:N or empty for the best there is. It is chosen by showing CUDA no other one, before
    torch is loaded, so that no run has to be told. A run.py may have a `warm_up()` of its own.
    """
    if device:
        os.environ["CUDA_VISIBLE_DEVICES"] = device.partition(":")[2] or ("0" if device == "cuda" else "")
    for name in names():
        getattr(_run_module(name), "warm_up", lambda: None)()
    from app.algorithms.vision.devices import label, pick

    return label(pick())


class _Embed:
    """A demo's bench for a post, with the post's presets. Raises NotFound or InvalidInput, each with a sentence."""

    def __call__(self, name: str, options: dict[str, str]) -> str:
        return bench.in_post(get(name), options)

    @property
    def fingerprint(self) -> str:
        """Changes with whatever a bench in a stored post was made from, so that stale ones can be made again."""
        return bench.fingerprint(demo.folder for demo in every())


embed = _Embed()


def title_of(name: str) -> str:
    return get(name).title


def bench_of(name: str, job: dict[str, Any]) -> str:
    """A demo's bench with a run in it."""
    return bench.with_job(get(name), job)


def _run_module(name: str) -> ModuleType:
    return importlib.import_module(f"app.demos.{get(name).folder.name}.run")


@cache
def _found() -> dict[str, Demo]:
    folders = sorted(file.parent for file in HERE.glob("*/demo.py"))
    found = {}
    for folder in folders:
        declared: Demo = importlib.import_module(f"app.demos.{folder.name}.demo").DEMO
        name = folder.name.replace("_", "-")
        found[name] = replace(declared, name=name, folder=folder)
    return found
