from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from pytest import MonkeyPatch

from app.admin import accounts, passwords
from app.admin.models import Account
from app.db import db
from app.errors import InvalidInput, NotFound, SignInNeeded, TooMany
from tests.admin.conftest import PASSWORD

AT = datetime(2026, 11, 23, tzinfo=UTC)


def test_the_first_account_is_made_once(app: Flask) -> None:
    with app.app_context():
        password = accounts.ensure_admin()
        assert password
        assert len(password) >= 15
        assert accounts.ensure_admin() is None
        assert accounts.names() == ["admin"]
        assert accounts.enter("admin", password, "1").name == "admin"


def test_passwords_are_kept_as_slow_hashes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with app.app_context():
        password = accounts.add("ada")
        kept = db.session.scalars(db.select(Account.password)).one()
        assert kept.startswith("scrypt:32768:8:3$")
        assert password not in kept


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong"), ("nobody", "correct horse battery"), ("", "")])
def test_a_wrong_name_and_a_wrong_password_answer_the_same(app: Flask, account: str, name: str, password: str) -> None:
    with app.app_context(), pytest.raises(SignInNeeded) as refused:
        accounts.enter(name, password, "1", AT)
    assert refused.value.message == "The name or the password is not right."


def test_a_name_that_is_not_there_costs_a_hash_all_the_same(app: Flask, account: str, monkeypatch: MonkeyPatch) -> None:
    checked = []
    monkeypatch.setattr(passwords, "matches", lambda known, given: bool(checked.append((known, given))))
    with app.app_context():
        for name in ("nobody", "ada"):
            with pytest.raises(SignInNeeded):
                accounts.enter(name, "x", "1", AT)
        assert checked == [(None, "x"), (accounts.get("ada").password, "x")]


def test_guessing_is_slowed_for_the_account_and_for_the_address(app: Flask, account: str) -> None:
    with app.app_context():
        for number in range(5):
            with pytest.raises(SignInNeeded):
                accounts.enter("ada", f"guess {number}", f"address {number}", AT)
        with pytest.raises(TooMany):
            accounts.enter("ada", "correct horse battery", "another address", AT)
        assert accounts.enter("ada", "correct horse battery", "another address", AT + timedelta(seconds=1))
        for number in range(5):
            with pytest.raises(SignInNeeded):
                accounts.enter(f"name {number}", "guess", "one address", AT)
        with pytest.raises(TooMany):
            accounts.enter("ada", "correct horse battery", "one address", AT)


def test_a_password_that_is_soon_guessed_is_not_taken(app: Flask, account: str) -> None:
    with app.app_context():
        for wrong in ("short", "passwordpassword", "ada ada ada ada ada", "Playpress Playpress"):
            with pytest.raises(InvalidInput):
                accounts.set_password("ada", wrong)
        assert accounts.enter("ada", PASSWORD, "1")
        accounts.set_password("ada", "a passphrase of more than sixty-four characters is as welcome as any other")


def test_names_are_checked(app: Flask, account: str) -> None:
    with app.app_context():
        for wrong in ("", "a b", "ada", "x" * 65):
            with pytest.raises(InvalidInput):
                accounts.add(wrong)
        with pytest.raises(NotFound) as missing:
            accounts.set_password("bob")
        assert "ada" in missing.value.message


def test_the_last_account_stays(app: Flask, account: str) -> None:
    with app.app_context():
        with pytest.raises(InvalidInput):
            accounts.remove("ada")
        accounts.add("bob")
        accounts.remove("ada")
        assert accounts.names() == ["bob"]
