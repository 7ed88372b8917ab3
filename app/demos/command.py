"""A demo on the command line: an option for each declared input, pictures from files, results into a folder.

With --keep the folder is one of the demo's finished examples, which its bench shows before anyone presses Run. A demo
that says what it `makes` has --all, which makes what its bench shows ahead of a run: run.py's `make_all` yields a line
for each file.
"""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from app import demos
from app.algorithms.vision.images import fit
from app.demos.base import Demo, Field, Update
from app.demos.folders import module
from app.demos.kinds import Choice, Picture
from app.demos.steps import Fault
from app.errors import InvalidInput

CURVE_POINTS = 40
STAGE_SIDE = 192
LONGEST_NAME = 40


class _File(io.BytesIO):
    """A file given by its path, as a form would have uploaded it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.read_bytes())
        self.filename = path.name


def demo_command(demo: Demo) -> click.Command:
    """`flask demo NAME --INPUT … [--out DIR | --keep CAPTION] [--json]`."""
    common = [
        click.Option(
            ["--out"], type=click.Path(file_okay=False, path_type=Path), help="Folder for pictures and run.json."
        ),
        click.Option(["--format", "kind"], type=click.Choice(["png", "webp"]), default="png", help="Of the pictures."),
        click.Option(["--caption"], default="", help="What the pictures show, kept in run.json."),
        click.Option(["--keep"], metavar="CAPTION", help="Keep it as a finished example, with what it shows in words."),
        click.Option(["--stages"], type=click.IntRange(0, 20), default=0, help="Small pictures kept on the way."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print the result as JSON."),
    ]
    options = [_option(field) for field in demo.fields]
    run = with_appcontext(lambda **given: _run_or_make(demo, **given))
    return click.Command(demo.name, params=[*options, *common, *_making(demo)], help=demo.summary, callback=run)


def _making(demo: Demo) -> list[click.Option]:
    """The options of a demo that makes files ahead of its readers."""
    if demo.makes is None:
        return []
    return [
        click.Option(["--all", "make_all"], is_flag=True, help="Make all files that its bench shows ahead of a run."),
        *(click.Option([f"--{name}"], help="Of --all, only what is of this one.") for name in demo.makes),
        click.Option(["--again"], is_flag=True, help="With --all, make anew what is there."),
    ]


def _run_or_make(demo: Demo, make_all: bool = False, again: bool = False, **given: Any) -> None:
    narrowed = {name: given.pop(name) for name in demo.makes or ()}
    if not make_all:
        _run(demo, **given)
        return
    demos.warm_up(current_app.config["SETTINGS"].DEVICE, [])
    for line in module(demo.folder, "run").make_all(again=again, **narrowed):
        click.echo(line)


def _option(field: Field) -> click.Option:
    about = f"{field.kind.label}. {field.kind.help}"
    if isinstance(field.kind, Picture):
        about += f" A file{', or ' + ', '.join(field.kind.names) if field.kind.names else ''}."
    if isinstance(field.kind, Choice):
        about += f" {', '.join(field.kind.choices)}."
    default = None if field.default is None else str(field.default)
    return click.Option(
        [f"--{field.name.replace('_', '-')}", field.name], default=default, show_default=True, help=about
    )


def _run(
    demo: Demo,
    out: Path | None,
    kind: str,
    caption: str,
    keep: str | None,
    stages: int,
    as_json: bool,
    **given: str | None,
) -> None:
    if keep:
        out, kind, caption = demo.folder / "finished" / _named(keep), "webp", keep
    inputs = _parse(demo, given)
    device = demos.warm_up(current_app.config["SETTINGS"].DEVICE, [demo.name])
    started = time.monotonic()
    updates: list[Update] = []
    for update in _updates(demo, inputs):
        if updates:  # hundreds of pictures would fill the memory
            updates[-1] = replace(updates[-1], files={}, pictures=updates[-1].pictures if stages else {})
        updates.append(update)
        if not as_json:
            click.echo(f"\r{update.progress:4.0%}", nl=False, err=True)
    result = {
        "demo": demo.name,
        "inputs": {name: v.get("name") if isinstance(v, dict) else v for name, v in demo.dump(inputs)[0].items()},
        "device": device,
        "seconds": round(time.monotonic() - started, 2),
        "caption": caption,
    }
    if out:
        _write(out, updates, kind, stages, result)
    click.echo(json.dumps(result | {"updates": [_told(update) for update in updates[-1:]]}) if as_json else
               f"\rDone in {result['seconds']} s on {device}.")  # fmt: skip


def _updates(demo: Demo, inputs: Any) -> Iterator[Update]:
    """The run, whose faults are told without a traceback: they name file and line."""
    try:
        yield from demos.run(demo.name)(inputs)
    except Fault as fault:
        raise click.ClickException(str(fault)) from None


def _named(caption: str) -> str:
    """A folder's name for a finished example."""
    return re.sub(r"[^a-z0-9]+", "-", caption.lower())[:LONGEST_NAME].strip("-") or "example"


def _told(update: Update) -> dict[str, Any]:
    return {"progress": round(update.progress, 4), "data": update.data}


def _parse(demo: Demo, given: dict[str, str | None]) -> Any:
    """The inputs; a picture option that names no ready-made picture is a file."""
    texts = {name: text for name, text in given.items() if text is not None}
    pictures = [field.name for field in demo.fields if isinstance(field.kind, Picture)]
    files = {name: _File(Path(texts.pop(name))) for name in pictures if Path(texts.get(name, "")).is_file()}
    try:
        return demo.parse(texts, files)
    except InvalidInput as error:
        missing = {name: f" There is no file {texts[name]}." for name in pictures if name in texts}
        problems = [f"--{name.replace('_', '-')}: {why}{missing.get(name, '')}" for name, why in error.problems.items()]
        raise click.ClickException("\n".join(problems)) from None


def _write(out: Path, updates: list[Update], kind: str, stages: int, result: dict[str, Any]) -> None:
    """The last pictures and files, small pictures of `stages` on the way, and run.json with some forty updates."""
    out.mkdir(parents=True, exist_ok=True)
    for name, data in updates[-1].files.items():
        (out / f"{name}.bin").write_bytes(data)
    for name, picture in updates[-1].pictures.items():
        picture.save(out / f"{name}.{kind}", quality=88)
    kept = [*updates[: -1 : max(1, len(updates) // CURVE_POINTS)], updates[-1]]
    told = [_told(update) for update in kept]
    for number in range(stages):
        at = number * (len(kept) - 1) // max(1, stages - 1)
        told[at]["pictures"] = {name: f"{name}-{number}.{kind}" for name in kept[at].pictures}
        for name, picture in kept[at].pictures.items():
            fit(picture, STAGE_SIDE).save(out / f"{name}-{number}.{kind}", quality=80)
    (out / "run.json").write_text(json.dumps(result | {"updates": told}, indent=1) + "\n")
