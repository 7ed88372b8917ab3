from datetime import timedelta

from flask import Flask

from app.admin import accounts, halfway
from app.admin.models import HalfSignIn, SignIn
from app.db import db, now

JUST = timedelta(seconds=1)


def test_it_remembers_whose_password_was_right_for_ten_minutes(app: Flask, account: str) -> None:
    with app.app_context():
        ada = accounts.get("ada")
        token = halfway.open_for(ada)
        found = halfway.account_of(token, now() + halfway.LONGEST - JUST)
        assert found
        assert found.name == "ada"
        assert halfway.account_of(token, now() + halfway.LONGEST + JUST) is None
        assert halfway.account_of("") is None
        assert halfway.account_of(token[:-1]) is None


def test_it_is_over_once_it_led_somewhere(app: Flask, account: str) -> None:
    with app.app_context():
        ada = accounts.get("ada")
        one, other = halfway.open_for(ada), halfway.open_for(ada)
        halfway.close(one)
        assert halfway.account_of(one) is None
        assert halfway.account_of(other)


def test_it_is_no_sign_in_and_kept_as_its_hash_only(app: Flask, account: str) -> None:
    with app.app_context():
        token = halfway.open_for(accounts.get("ada"))
        assert db.session.scalar(db.select(db.func.count(SignIn.id))) == 0
        kept = db.session.scalars(db.select(HalfSignIn.token_hash)).one()
        assert token not in kept


def test_what_has_run_out_is_swept_away(app: Flask, account: str) -> None:
    with app.app_context():
        ada = accounts.get("ada")
        halfway.open_for(ada)
        db.session.execute(db.update(HalfSignIn).values(created_at=now() - halfway.LONGEST - JUST))
        db.session.commit()
        halfway.open_for(ada)
        assert db.session.scalar(db.select(db.func.count(HalfSignIn.id))) == 1


def test_a_new_password_ends_it(app: Flask, account: str) -> None:
    with app.app_context():
        token = halfway.open_for(accounts.get("ada"))
        accounts.set_password("ada")
        assert halfway.account_of(token) is None
