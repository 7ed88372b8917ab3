"""`flask backup` and `flask restore`, with what they print and the statuses by which cron tells good from bad."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.backup import capture, recovery, rotation
from app.backup.manifest import Manifest
from app.backup.workshop import OpenSite
from app.db import now
from app.errors import AppError

LOST = 3  # the archive is good, and the site was not: it names files that are not there
SECRET_HELP = "Put the secret key in too: who has such an archive can sign as the site, so it needs keeping like a key."


def commands(open_site: OpenSite) -> tuple[click.Command, click.Command]:
    """Both commands; sites are opened by `open_site`, to try them out."""

    @click.command()
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--with-secret", is_flag=True, help=SECRET_HELP)
    @click.option(
        "--keep", type=click.IntRange(min=1), help="Remove older archives of this site until so many are left."
    )
    @with_appcontext
    def backup(file: Path, with_secret: bool, keep: int | None) -> None:
        """Write the whole site into FILE.zip while it runs, and read it back. A folder gets a file with the date.

        Ends with 0 when the archive is whole, 3 when it is but the site itself has lost files, 1 when there is none.
        """
        with _Sentences():
            _backup(file, open_site, with_secret, keep)

    @click.command()
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--verify", is_flag=True, help="Only check that FILE can be restored; changes nothing.")
    @click.option("--replace", is_flag=True, help="Set the site that is there aside, in a folder of DATA.")
    @with_appcontext
    def restore(file: Path, verify: bool, replace: bool) -> None:
        """Make the site from FILE.zip, which flask backup wrote. The site must not be running."""
        with _Sentences():
            _restore(file, open_site, verify, replace)

    return backup, restore


class _Sentences:
    """Errors are sentences for whoever typed the command."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, AppError):
            raise click.ClickException(error.message) from None


def _backup(file: Path, open_site: OpenSite, with_secret: bool, keep: int | None) -> None:
    target = file / rotation.name_for(now()) if file.is_dir() else file
    if keep:
        rotation.alike(target.name)  # refuses a name without a date before anything is made
    made = capture.make(target, open_site, with_secret=with_secret)
    click.echo(f"{made.file} is whole: it was read back and tried out.\n{_table(made.manifest)}")
    click.echo(f"{'bytes':9} {made.bytes:>12,}\n{'seconds':9} {made.seconds:>12.1f}")
    for gone in rotation.remove_older(made.file, keep) if keep else ():
        click.echo(f"{gone} was removed.")
    if made.lost:
        click.echo(f"{len(made.lost)} files that the site names are not there, such as {made.lost[0]}.", err=True)
        raise SystemExit(LOST)


def _restore(file: Path, open_site: OpenSite, verify: bool, replace: bool) -> None:
    if verify:
        manifest = recovery.verify(file, open_site)
        click.echo(f"{file} is whole: it was read and tried out, and nothing was changed.\n{_table(manifest)}")
        return
    restored = recovery.restore(file, open_site, replace=replace)
    click.echo(f"The site is what it was on {restored.manifest.created_at}.\n{_table(restored.manifest)}")
    if restored.aside:
        click.echo(f"The site before it is in {restored.aside}.")


def _table(manifest: Manifest) -> str:
    rows = (("posts", manifest.posts), ("pictures", manifest.pictures), ("runs", manifest.runs))
    return "\n".join(f"{name:9} {number:>12,}" for name, number in rows)
