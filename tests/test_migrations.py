from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from app.db import db


def is_of_search(name: str) -> bool:
    return name.startswith("post_words")


def test_the_migrations_make_exactly_the_tables_of_the_models(app: Flask) -> None:
    with app.app_context():
        db.drop_all()
        upgrade()
        opts = {"compare_type": True, "include_name": lambda name, kind, _: not is_of_search(name or "")}
        context = MigrationContext.configure(db.session.connection(), opts=opts)
        assert compare_metadata(context, db.metadata) == []


def test_they_make_the_words_of_the_search_as_the_blog_does(app: Flask) -> None:
    found = "SELECT name, replace(sql, ' IF NOT EXISTS', '') FROM sqlite_master WHERE name LIKE 'post_words%'"
    with app.app_context():
        fresh = {tuple(row) for row in db.session.execute(text(found))}
        assert fresh
        db.session.rollback()
        db.drop_all()
        upgrade()
        assert {tuple(row) for row in db.session.execute(text(found))} == fresh


def test_they_can_be_taken_back(app: Flask) -> None:
    with app.app_context():
        db.drop_all()
        upgrade()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
