"""Posts in and out on the command line: taken in, written out, pushed here or elsewhere, rendered again, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from app.admin.api import client
from app.blog import checks, editing, transfer
from app.blog.changes import changes
from app.blog.exchange import bundle, intake
from app.blog.exchange import parcel as parcels


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--replace", is_flag=True, help="Replace posts that are there already.")
@click.option("--dry-run", is_flag=True, help="Say what would become of each file, and write nothing.")
@with_appcontext
def import_posts(path: Path, replace: bool, dry_run: bool) -> None:
    """Take in PATH: a file, a folder or a zip, as this site, Hugo, Quarto, Jekyll, Nikola, Bear or Jupyter write it."""
    with current_app.test_request_context():
        coming = intake.Intake(parcels.of_path(path), replace=replace)
        came = []
        for post in coming.looked_through() if dry_run else coming.taken_in():
            came.append(post)
            _tell(post.outcome, post.slug or post.path, [vars(remark) for remark in post.remarks])
    if not came:
        raise click.ClickException(parcels.NOTHING)
    tell_refused(came)


@click.command("push")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--to", help="The site to push to, such as https://example.org; without it, this one.")
@click.option("--token", help=f"A token of that site; else what {client.TOKEN} says.")
@click.option("--replace", is_flag=True, help="Also replace what was changed on the site since.")
@with_appcontext
def push_posts(files: tuple[Path, ...], to: str | None, token: str | None, replace: bool) -> None:
    """Push Markdown files and notebooks with their pictures: new posts are added, those pushed before replaced."""
    for file in files:
        if to is not None:
            for told in client.push(file, to, token, replace=replace):
                _tell(told["outcome"], told.get("slug") or told["file"], told["remarks"])
            continue
        with current_app.test_request_context():
            came = list(intake.Intake(parcels.of_path(file), replace=True, insists=replace).taken_in())
        for post in came:
            _tell(post.outcome, post.slug or post.path, [vars(remark) for remark in post.remarks])
        tell_refused(came)


def _tell(outcome: str, what: str, remarks: list[dict[str, Any]]) -> None:
    click.echo(f"{outcome:9} {what}")
    for remark in remarks:
        click.echo(f"          line {remark['line']}: {remark['sentence']}")


def tell_refused(came: list[intake.Arrival]) -> None:
    """Raises ClickException with a sentence for each file that was refused."""
    if refused := [f"{post.path}: {post.sentence}" for post in came if post.outcome == "refused"]:
        raise click.ClickException("\n".join(refused))


@click.command("export")
@click.argument("path", type=click.Path(path_type=Path))
@with_appcontext
def export_posts(path: Path) -> None:
    """Write every post to PATH: a zip with everything where it ends in .zip, else a folder of Markdown files."""
    if path.suffix.lower() != ".zip":
        click.echo(f"{transfer.export_posts(path)} posts written to {path}.")
        return
    with current_app.test_request_context(), path.open("wb") as out:
        click.echo(f"{bundle.write(out)} posts written to {path}.")


@click.command("rerender")
@click.option("--dry-run", is_flag=True, help="Say which posts would change, and how, and change none.")
@with_appcontext
def rerender_posts(dry_run: bool) -> None:
    """Render again every post whose stored HTML was made by an older renderer or bench."""
    with current_app.test_request_context():
        if dry_run:
            found = [change.summary() for change in changes()]
            click.echo("\n".join([*found, f"{len(found)} posts would be rendered again."]))
            return
        click.echo(f"{editing.rerender_stale()} posts rendered again.")


@click.command("check")
@with_appcontext
def check_posts() -> None:
    """Say what should be mended in the posts, with lines. Ends with 1 where there is something."""
    with current_app.test_request_context():
        wrong = [checked for checked in checks.everything() if checked.remarks]
        for checked in wrong:
            click.echo(f"{checked.post.slug}{' (a draft)' if checked.post.status == 'draft' else ''}")
            for remark in checked.remarks:
                click.echo(f"          line {remark.line}: {remark.sentence}")
    if wrong:
        raise SystemExit(1)
    click.echo("There is nothing to mend.")


commands = (import_posts, export_posts, push_posts, rerender_posts, check_posts)
