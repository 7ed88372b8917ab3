from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from app import create_app
from app.admin import accounts, signins
from app.admin.models import SignIn
from app.config import Settings
from app.db import db, now
from tests.admin.conftest import PASSWORD, Author


def age(app: Flask, **columns: datetime) -> None:
    with app.app_context():
        db.session.execute(update(SignIn).values(**columns))
        db.session.commit()


def test_the_token_is_kept_as_its_hash_only(app: Flask, author: Author) -> None:
    cookie = author.client.get_cookie("session")
    assert cookie
    assert len(cookie.value) >= 43
    dump = b"".join(file.read_bytes() for file in app.config["SETTINGS"].DATA.glob("playpress.db*"))
    assert cookie.value.encode() not in dump


def test_every_sign_in_has_a_token_of_its_own(author: Author, another_browser: Callable[[], Author]) -> None:
    assert author.client.get_cookie("session") != another_browser().client.get_cookie("session")


@pytest.mark.parametrize(
    ("ages", "status"),
    [
        ({"seen_at": timedelta(hours=11, minutes=59)}, 200),
        ({"seen_at": timedelta(hours=12, minutes=1)}, 303),
        ({"created_at": timedelta(days=6, hours=23)}, 200),
        ({"created_at": timedelta(days=7, minutes=1)}, 303),
        ({"seen_at": -timedelta(minutes=1), "created_at": -timedelta(minutes=1)}, 200),  # two clocks
        ({"seen_at": -timedelta(days=3650)}, 303),  # a clock that was put back
        ({"created_at": -timedelta(days=3650)}, 303),
    ],
)
def test_a_sign_in_runs_out(app: Flask, author: Author, ages: dict[str, timedelta], status: int) -> None:
    age(app, **{column: now() - ago for column, ago in ages.items()})
    assert author.client.get("/admin").status_code == status


def test_using_it_keeps_it_awake(app: Flask, author: Author) -> None:
    before = now() - timedelta(hours=6)
    age(app, seen_at=before)
    author.client.get("/admin")
    with app.app_context():
        assert db.session.scalars(db.select(SignIn.seen_at)).one() > before


def test_what_has_run_out_is_swept_away(app: Flask, author: Author, another_browser: Callable[[], Author]) -> None:
    age(app, seen_at=now() - signins.IDLE - timedelta(minutes=1))
    another_browser()
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count(SignIn.id))) == 1


def test_a_new_password_signs_out_everywhere(app: Flask, author: Author) -> None:
    with app.app_context():
        accounts.set_password("ada")
    assert author.client.get("/admin").status_code == 303


def test_without_https_the_cookie_is_hidden_from_scripts(account: str, visitor: Author) -> None:
    cookie = visitor.sign_in().headers["Set-Cookie"]
    assert cookie.startswith("session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_with_https_the_cookie_belongs_to_this_host_alone(tmp_path: Path, settings: Settings) -> None:
    app = create_app(replace(settings, DATA=tmp_path / "https", HTTPS=True))
    with app.app_context():
        db.create_all()
        accounts.add("ada")
        accounts.set_password("ada", PASSWORD)
    answer = app.test_client().post("/admin/sign-in", data={"name": "ada", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    app.extensions["jobs"].stop()
    with app.app_context():
        db.engine.dispose()
    assert cookie.startswith("__Host-session=")
    assert "Domain" not in cookie
    assert all(piece in cookie for piece in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/;"))
