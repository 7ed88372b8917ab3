"""The commands of a demo's author: `flask demo new NAME` writes one, `flask demo check NAME` tries it out."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect

from app import demos
from app.db import db
from app.demos import scaffold
from app.demos.contract import verdicts

HERE = Path("demos")


@click.command("new")
@click.argument("name")
@click.option("--in", "parent", type=click.Path(file_okay=False, path_type=Path), help="Folder of your demos.")
@with_appcontext
def new(name: str, parent: Path | None) -> None:
    """Write a demo that works at once, and is there to be changed."""
    known = current_app.config["SETTINGS"].demos
    parent = parent or next(iter(known), HERE)
    folder = scaffold.write(name, parent)
    click.echo(f"{folder} has a demo.py and a run.py of {scaffold.LINES} lines in all.")
    if parent.resolve() not in [one.resolve() for one in known]:
        click.echo(f"So that it is found:    export DEMOS={':'.join(str(one) for one in (*known, parent.resolve()))}")
    address = folder.name.replace("_", "-")
    click.echo(f"It is then at /demos/{address}, and in a post as “::: demo {address}”.")


@click.command("check")
@click.argument("name")
@with_appcontext
def check(name: str) -> None:
    """Try a demo out: does it keep what every demo owes?"""
    demo = demos.get(name)
    if not inspect(db.engine).has_table("jobs"):
        raise click.ClickException("The site is not made ready yet. Run flask init first.")
    problems = 0
    for verdict in verdicts(demo):
        problems += verdict.problem is not None
        click.echo(f"{'✗' if verdict.problem else '✓'} {verdict.check}")
        if verdict.problem:
            click.echo(f"  {verdict.problem}")
    click.echo(f"{problems or 'Nothing'} to mend in {demo.folder}.")
    sys.exit(1 if problems else 0)
