"""How Alembic reaches the site's database: with the engine and the tables of the application."""

from __future__ import annotations

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db
configure_args = current_app.extensions["migrate"].configure_args


def run() -> None:
    # With the write lock from the start, two servers that start together migrate one after the other.
    with database.engine.connect().execution_options(writes=True) as connection:
        context.configure(connection=connection, target_metadata=database.metadata, **configure_args)
        with context.begin_transaction():
            context.run_migrations()


run()
