"""How Alembic reaches the site's database: with the engine and the tables of the application."""

from __future__ import annotations

from typing import Any

from alembic import context
from flask import current_app

from app.db import UtcTime, alone

database = current_app.extensions["migrate"].db
configure_args = current_app.extensions["migrate"].configure_args


def render_item(kind: str, item: Any, _context: Any) -> str | bool:
    """A migration keeps working when our classes have moved on: it names the database's types, not ours."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcTime) else False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """The tables of the full-text search are no models of ours."""
    return not (kind == "table" and (name or "").startswith("post_words"))


def run() -> None:
    # With the write lock from the start, two servers that start together migrate one after the other.
    with alone(database.engine), database.engine.connect().execution_options(writes=True) as connection:
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=render_item,
            include_name=include_name,
            **configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
