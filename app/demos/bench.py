"""A demo's bench as HTML: the same template in a post, on the demo's page and on the page of a run."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import current_app, render_template, url_for

from app.assets import asset, version
from app.demos.assets import asset_url
from app.demos.base import Demo, Field
from app.demos.finished import Finished, finished_run
from app.demos.frame import frame
from app.demos.instant import answer_of_values
from app.demos.kinds import Choice, Picture, Shelf
from app.demos.outputs import Told
from app.demos.preset import Preset, of_changes, of_inputs, of_options
from app.demos.readout import of_example, of_job, parts
from app.demos.record import record
from app.jobs.engine import engine
from app.jobs.estimate import experience
from app.jobs.experience import Estimate

GENERIC = "demos/_bench.html"
SHOWN = ("name", "default", "required", "optional", "group", "live")


def in_post(demo: Demo, options: dict[str, str]) -> str:
    """The bench inside a post, with the post's presets. Raises InvalidInput with a sentence for each wrong one."""
    given = of_options(demo, options)
    answer = answer_of_values(demo, given) if demo.instant else None
    return _render(demo, "post", given, answer=answer)


def on_page(
    demo: Demo,
    preset: Preset | None = None,
    problems: dict[str, str] | None = None,
    answer: dict[str, Any] | None = None,
    where: str = "page",
) -> str:
    """The bench on the demo's own page; after a refusal with what was entered and one sentence a field.

    `where` is “embed” for a frame on another site's page.
    """
    given = preset or Preset()
    more = {"opened": "As in that run: press Run" if given.run else None, "answer": answer}
    return _render(demo, where, given.values, problems=problems or {}, values_urls=given.pictures, **more)


def with_job(demo: Demo, job: dict[str, Any]) -> str:
    """The bench with a run in it, as jobs describe it, and under it the record of that run."""
    given, told = of_inputs(job["inputs"]), of_job(job)
    return _render(demo, "job", given.values, job=job, values_urls=given.pictures, told=told) + record(demo, job, told)


def summary(demo: Demo) -> dict[str, Any]:
    """What lists and pages are told of a demo, with its finished example."""
    return _described(demo, finished_run(demo, {f.name: f.default for f in demo.fields}))


def still(demo: Demo) -> str | None:
    """The address of a picture that stands for the demo, if it has one."""
    told = summary(demo)
    picture: str | None = told["still"] or (told["example"] or {}).get("pictures", {}).get("result")
    return picture


def fingerprint(folders: Iterable[Path]) -> str:
    """Of everything that a bench is made from: this room's code, the frame, and the files of every demo."""
    templates = Path(current_app.root_path) / "templates"
    frame = [
        *sorted(Path(__file__).parent.glob("*.py")),
        templates / "_macros.html",
        *sorted((templates / GENERIC).parent.glob("_*.html")),
        *sorted((Path(current_app.root_path) / "static").glob("*/bench*")),
        *sorted((Path(current_app.root_path) / "static").glob("*/outputs*")),
    ]
    files = frame + [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    return hashlib.sha256("".join(version(file) for file in files if file.suffix != ".pyc").encode()).hexdigest()


def _described(demo: Demo, example: Finished | None) -> dict[str, Any]:
    style, script, frame = (demo.folder / f"panel.{kind}" for kind in ("css", "js", "html"))
    still = demo.folder / "still.webp"  # what lists show of a demo that has no finished run
    drawn = [] if frame.exists() else [asset("css/outputs.css")]
    fields = [shown(demo, field) for field in demo.fields]
    headings = dict.fromkeys(field.group for field in demo.fields if field.group)
    return {
        "name": demo.name,
        "title": demo.title,
        "summary": demo.summary,
        "goes_on": demo.goes_on,
        "instant": demo.instant,
        "still": asset_url(demo, still) if still.exists() else None,
        "fields": fields,
        "groups": [(heading, [shown for shown in fields if shown["group"] == heading]) for heading in headings],
        # A panel's script is told every update; without one the server has drawn them, and a post need not carry them.
        "example": asdict(example) | {"data": example.data} | ({} if script.exists() else {"updates": []})
        if example
        else None,
        "style_urls": drawn + ([asset_url(demo, style)] if style.exists() else []),
        "script_url": asset_url(demo, script) if script.exists() else asset("js/outputs.js"),
    }


def _render(demo: Demo, where: str, given: dict[str, Any], **more: Any) -> str:
    values = {f.name: f.default for f in demo.fields} | given
    example = None if more.get("opened") else finished_run(demo, values | more.get("values_urls", {}))
    usual = _usual_time(demo) or (Estimate(*[example.seconds] * 3) if example else None)
    told = more.pop("told", None) or (of_example(example) if example else Told())
    context: dict[str, Any] = {"problems": {}, "job": None, "values_urls": {}, "opened": None, "answer": None} | more
    if context["answer"] is not None:
        told = Told([context["answer"]])
    panel, asked = demo.folder / "panel.html", of_changes(demo, values)
    return render_template(
        f"{demo.folder.name}/{panel.name}" if panel.exists() else GENERIC,
        demo=_described(demo, example),
        about=demo.about(demo, values),
        parts=parts(demo, told),
        values=values,
        asked=asked,
        frame=frame(demo, asked, current_app.config["SETTINGS"].SITE_URL or "http://127.0.0.1:8000"),
        where=where,
        action=url_for(_action(demo, where), name=demo.name),
        device_label=example.device if example else "",
        form=f"{demo.name}-{hashlib.sha256(repr(values).encode()).hexdigest()[:6]}",  # two benches share no id
        quote=shlex.quote,
        typical=f"about {usual.words}" if usual else None,
        worker_down=where != "post"
        and not demo.instant
        and not engine().worker_alive(),  # a post is made once and read for years
        **context,
    )


def _action(demo: Demo, where: str) -> str:
    """Where a bench's form goes when no script takes it; the line shows its runs on a page, not in a frame."""
    if not demo.instant:
        return "demos.start"
    return "embed.page" if where == "embed" else "demos.page"


def _usual_time(demo: Demo) -> Estimate | None:
    """How long a run takes that is left as it stands."""
    usual, known = {f.name: f.default for f in demo.fields}, experience(demo.name)
    return known.of(usual, demo.work(SimpleNamespace(**usual))) if known else None


def shown(demo: Demo, field: Field) -> dict[str, Any]:
    """An input as the form's macros draw it."""
    kind = field.kind
    shown = asdict(kind) | {name: getattr(field, name) for name in SHOWN} | {"kind": kind.kind}
    if isinstance(kind, Choice):
        shown["choices"] = list(kind.choices.items())
    if isinstance(kind, Picture):
        shown["shelves"] = [(shelf, [_on_shelf(demo, shelf, name) for name in shelf.names]) for shelf in kind.shelves]
        shown["shelf"] = [picture for _, pictures in shown["shelves"] for picture in pictures]
    return shown


def _on_shelf(demo: Demo, shelf: Shelf, name: str) -> tuple[str, str, str, str, str]:
    """A ready-made picture: name, label, address, address of its thumbnail, text for who cannot see it."""
    file, label = shelf.names[name], shelf.caption(name)
    return name, label, asset_url(demo, file), asset_url(demo, file, "demos.thumbnail"), label
