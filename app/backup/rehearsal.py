"""Trying out, away from the site, whether an archive makes one: its database is whole, moves on, and lacks no file."""

from __future__ import annotations

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade

from app.backup import contents, database
from app.backup.archive import Archive
from app.backup.manifest import DATABASE, Damaged, Manifest
from app.backup.workshop import OpenSite, site_in

NEWER = "This archive was made by a newer Playpress: its schema is {}, and this one knows none like it. Update first."


def check(archive: Archive, folder: Path, open_site: OpenSite) -> None:
    """Checks all of `archive`, with its database in `folder`, which is empty. Raises Damaged with a sentence."""
    for name in archive.manifest.files:
        if name != DATABASE:
            archive.check(name)
    archive.unpack(DATABASE, folder)
    rehearse(archive.manifest, folder, open_site)


def rehearse(manifest: Manifest, folder: Path, open_site: OpenSite) -> None:
    """Brings the database in `folder` to the schema of today and holds it against the manifest. Raises Damaged."""
    file = folder / DATABASE
    if found := database.trouble(file):
        raise Damaged(f"The database in the archive is damaged: {found}.")
    if database.revision(file) != manifest.schema:
        raise Damaged("The database in the archive has another schema than the manifest says.")
    with site_in(folder, open_site) as app:
        if manifest.schema not in _known(app):
            raise Damaged(NEWER.format(manifest.schema or "unknown"))
        upgrade()
        counted = contents.counts()
        lacking = contents.kept() - set(manifest.files) - set(manifest.missing)
    if found := database.trouble(file):
        raise Damaged(f"The database is damaged after its migration: {found}.")
    if lacking:
        raise Damaged(f"The archive lacks {len(lacking)} files that its database names, such as {min(lacking)}.")
    if counted != contents.Counts(manifest.posts, manifest.pictures, manifest.runs):
        raise Damaged("The archive does not hold as many posts, pictures and runs as its manifest says.")


def _known(app: Flask) -> set[str]:
    scripts = ScriptDirectory(str(app.extensions["migrate"].directory))
    return {script.revision for script in scripts.walk_revisions()}
