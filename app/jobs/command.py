"""flask erase: a run, or everything of the reader who made it, because somebody asked."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask.cli import AppGroup, with_appcontext

from app.errors import AppError
from app.jobs import erasure

erase = AppGroup("erase", help="Erase what a reader asks to be gone: pictures, results, records.")


@erase.command("run")
@click.argument("address")
@click.confirmation_option("--yes", prompt="Erase this run for good?")
@with_appcontext
def erase_run(address: str) -> None:
    """Erase the run at ADDRESS, or with this id, and whatever holds the same pictures."""
    click.echo(_told(erasure.erase_run, address))


@erase.command("reader")
@click.argument("address")
@click.confirmation_option("--yes", prompt="Erase every run of the reader who made this one for good?")
@with_appcontext
def erase_reader(address: str) -> None:
    """Erase everything of the reader who made the run at ADDRESS."""
    click.echo(_told(erasure.erase_reader, address))


def _told(erase: Callable[[str], erasure.Erased], address: str) -> str:
    try:
        return erase(address).words
    except AppError as error:
        raise click.ClickException(error.message) from None
