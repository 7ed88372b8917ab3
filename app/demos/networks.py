"""The networks that runs compute with: where fetched ones lie, and `flask models`, which lists, fetches and checks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from flask import current_app, has_app_context
from flask.cli import AppGroup

from app.algorithms.vision import catalogue
from app.algorithms.vision.catalogue import DOWNLOADED, Weights, checked, state, weights
from app.algorithms.vision.downloads import Received, fetch, megabytes
from app.config import Settings

models = AppGroup("models", help="Networks that ship and those that can be fetched.")


def folder() -> Path:
    """Where fetched networks lie: as the site's settings say, or where algorithms look by themselves without a site."""
    return _settings().models if has_app_context() else DOWNLOADED


@models.command("list")
def list_models() -> None:
    """Every network: its size, its licence, whether it is here, what it is for."""
    rows = [("name", "size", "licence", "state", "for"), *(_row(entry) for entry in catalogue.ALL)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, size, *words in rows:
        told = [name.ljust(widths[0]), size.rjust(widths[1])]
        told += [word.ljust(width) for word, width in zip(words, widths[2:], strict=True)]
        click.echo("  ".join(told).rstrip())


@models.command("fetch")
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
def fetch_models(names: tuple[str, ...]) -> None:
    """Fetch networks by NAME. A fetch that was cut goes on where it stopped."""
    try:
        for entry in [weights(name) for name in names]:
            _fetch(entry)
    except ValueError as error:
        raise click.ClickException(str(error)) from None


@models.command("check")
def check_models() -> None:
    """Compare the hash of every file that is here; exit code 1 where one is wrong."""
    problems = []
    for entry in catalogue.ALL:
        if entry.torchvision and not entry.path(folder()).exists():
            continue
        try:
            checked(entry, folder())
            click.echo(f"{entry.name} is right.")
        except ValueError as error:
            problems.append(str(error))
    if problems:
        raise click.ClickException("\n".join(problems))


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _row(entry: Weights) -> tuple[str, ...]:
    return entry.name, megabytes(entry.size), entry.licence, state(entry, folder()), entry.purpose


def _fetch(entry: Weights) -> None:
    if entry.torchvision is None:
        click.echo(f"{entry.name} ships with the project: {checked(entry)}.")
    elif state(entry, folder()) == "here":
        click.echo(f"{entry.name} is here already: {entry.path(folder())}.")
    else:
        _show(entry, fetch(entry, folder(), _settings().MODELS_URL))
        click.echo(f"{entry.name} is here: {entry.path(folder())}.")


def _show(entry: Weights, updates: Iterator[Received]) -> None:
    """A bar that grows with what is received."""
    with click.progressbar(length=entry.size, label=f"{entry.name}, {megabytes(entry.size)}") as bar:
        for received in updates:
            bar.length = received.of
            bar.update(received.done - bar.pos)
