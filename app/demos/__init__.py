"""Live demos: every folder with a demo.py is one, found by looking here and where the setting DEMOS says."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Generator, Iterable, Mapping
from functools import cache, partial
from typing import Any

from flask import Blueprint, Flask, current_app, has_app_context, url_for

from app.demos import bench, folders
from app.demos.base import Demo, Update
from app.demos.form import texts
from app.demos.steps import MOST_AT_ONCE, MOST_VALUES, run_in, steps
from app.errors import Conflict, NotFound
from app.jobs.engine import Changes, Read, Run
from app.oembed import offer

Beside = Callable[[], Mapping[str, Mapping[str, Any]]]  # paths, schemas and security schemes of other rooms

log = logging.getLogger(__name__)


def init_app(app: Flask, beside: Beside = dict) -> None:
    """Find the demos of this site. Raises BadSetting where one cannot be used. What the API's description says of
    other rooms is handed in.
    """
    from app.demos import api, framed, oembed, views  # they look demos up here

    elsewhere = app.config["SETTINGS"].demos
    app.extensions["demos.beside"] = beside
    app.extensions["demos"] = folders.find(elsewhere)
    for parent in dict.fromkeys(folder.resolve() for folder in elsewhere):
        templates = Blueprint(folders.package(parent), __name__, root_path=str(parent), template_folder=".")
        app.register_blueprint(templates)
    for room in (views, framed, api):
        app.register_blueprint(room.bp)
    offer(app, oembed.ENDPOINTS)


def names() -> list[str]:
    return list(_found())


def every() -> list[Demo]:
    return list(_found().values())


def addresses() -> list[str]:
    """The pages of demos, for who lists what the site has. Needs a request."""
    return [url_for("demos.index"), *(url_for("demos.page", name=name) for name in names())]


def get(name: str) -> Demo:
    """The demo of this name. Raises NotFound with the names there are."""
    if name not in _found():
        raise NotFound(f"There is no demo named “{name[:40]}”. There is: {', '.join(names())}.")
    return _found()[name]


def run(name: str) -> Callable[..., Generator[Update, Changes, None]]:
    """The run of a demo, as a function of its inputs and a state; loads what it computes with. Raises Fault."""
    demo = get(name)
    begin = run_in(demo.folder)

    def started(inputs: Any, state: bytes | None = None) -> Generator[Update, Changes, None]:
        begun = partial(begin, inputs, state) if demo.goes_on else partial(begin, inputs)
        most = MOST_AT_ONCE if demo.instant else MOST_VALUES
        return steps(begun, demo.folder / "run.py", from_state=state is not None, most=most)

    return started


def run_of(name: str) -> Run:
    """The run of a demo, as a function of inputs as they are stored, a way to read their pictures, and a state."""
    demo, begin = get(name), run(name)

    def started(plain: Mapping[str, Any], read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
        return begin(demo.load(plain, read), state)

    return started


def version_of(name: str) -> str:
    """What a demo computes with, in few letters."""
    return get(name).fingerprint[:12]


def goes_on(name: str) -> bool:
    return get(name).goes_on


def changes_of(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Some of a demo's live inputs, checked. Raises InvalidInput, a sentence for each field, or Conflict for none."""
    demo = get(name)
    if not any(field.live for field in demo.fields):
        raise Conflict("Nothing of this demo can be changed while it runs.")
    return demo.parse_some(texts(given, demo))


def warm_up(device: str, only: Iterable[str] | None = None) -> str:
    """Load what runs compute with before a reader waits for it; the device in words, such as “1 of 2 CPU cores”.

    `device` is cpu, cuda, cuda:N or empty for the best there is. It is chosen by showing CUDA no other one, before
    torch is loaded, so that no run has to be told. A run.py may have a `warm_up()` of its own; where that fails, the
    other demos still run.
    """
    if device:
        os.environ["CUDA_VISIBLE_DEVICES"] = device.partition(":")[2] or ("0" if device == "cuda" else "")
    for name in names() if only is None else only:
        try:
            getattr(folders.module(get(name).folder, "run"), "warm_up", lambda: None)()
        except Exception as error:
            log.exception("the demo %s does not load: %s", name, folders.told(error, get(name).folder / "run.py"))
    from app.algorithms.vision.devices import label, leave_one, pick

    leave_one()  # before any run, so that the first gives what a later one gives
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


def _found() -> dict[str, Demo]:
    """The demos of the site at hand; without one, those of this room."""
    found: dict[str, Demo] = current_app.extensions["demos"] if has_app_context() else _ours()
    return found


@cache
def _ours() -> dict[str, Demo]:
    return folders.find()
