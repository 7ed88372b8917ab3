"""Tokens: made by who knows the password, shown once, kept as a hash, and worth nothing once revoked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.admin import accounts, throttle, tokens
from app.db import now
from app.errors import InvalidInput, SignInNeeded, TooMany
from tests.admin.conftest import PASSWORD, Author


def made_on(page: str) -> str:
    found = re.search(r'id="made-token"[^>]*value="(pp_[\w-]+)"', page)
    assert found, "no token is shown"
    return found[1]


def test_a_token_is_made_used_and_revoked(app: Flask, author: Author) -> None:
    page = author.post("/admin/account/tokens", name="laptop <b>", current=PASSWORD).text
    token = made_on(page)
    assert "laptop &lt;b&gt;" in page
    assert token not in author.client.get("/admin/account").text
    with app.app_context():
        assert tokens.holder(f"Bearer {token}", "1") == "ada"
        (known,) = tokens.of(accounts.get("ada").id)
        assert token not in known.token_hash
        assert known.used_at is not None
        number = known.id
    assert "last used" in author.client.get("/admin/account").text
    author.post(f"/admin/account/tokens/{number}/revoke")
    with app.app_context(), pytest.raises(SignInNeeded):
        tokens.holder(f"Bearer {token}", "1")


def test_it_takes_the_password(app: Flask, author: Author) -> None:
    answer = author.post("/admin/account/tokens", name="laptop", current="a wrong guess of it")
    assert answer.status_code == 422
    assert "This is not your password." in answer.text
    assert 'value="laptop"' in answer.text
    assert author.post("/admin/account/tokens", name=" ", current=PASSWORD).status_code == 422
    with app.app_context():
        assert tokens.of(accounts.get("ada").id) == []


def test_nobody_revokes_the_token_of_somebody_else(app: Flask, author: Author) -> None:
    with app.app_context():
        accounts.add("bob")
        token = tokens.make(accounts.get("bob"), "bob’s")
        number = tokens.of(accounts.get("bob").id)[0].id
    author.post(f"/admin/account/tokens/{number}/revoke")
    with app.app_context():
        assert tokens.holder(f"bearer  {token}", "1") == "bob"
        accounts.remove("bob")
        with pytest.raises(SignInNeeded):
            tokens.holder(f"Bearer {token}", "1")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "pp_x"])
def test_without_a_token_one_is_asked_for(app: Flask, header: str) -> None:
    with app.app_context(), pytest.raises(SignInNeeded, match="Authorization"):
        tokens.holder(header, "1")


def test_wrong_ones_are_slowed_down_and_a_right_one_is_not(app: Flask, account: str) -> None:
    with app.app_context():
        right = tokens.make(accounts.get(account), "laptop")
        for _ in range(throttle.FREE_FAILURES):
            with pytest.raises(SignInNeeded):
                tokens.holder("Bearer pp_wrong", "7")
        with pytest.raises(TooMany):
            tokens.holder("Bearer pp_wrong", "7")
        assert tokens.holder(f"Bearer {right}", "7") == "ada"
        with pytest.raises(SignInNeeded):
            tokens.holder("Bearer pp_wrong", "8")


def test_the_last_use_is_noted_every_few_minutes(app: Flask, account: str) -> None:
    with app.app_context():
        header = f"Bearer {tokens.make(accounts.get(account), 'laptop')}"
        first = now()
        tokens.holder(header, "1", first)
        tokens.holder(header, "1", first + timedelta(minutes=1))
        assert tokens.of(accounts.get(account).id)[0].used_at == first
        tokens.holder(header, "1", first + timedelta(minutes=6))
        assert tokens.of(accounts.get(account).id)[0].used_at == first + timedelta(minutes=6)


def test_there_is_an_end_to_tokens(app: Flask, account: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST", 1)
    with app.app_context():
        tokens.make(accounts.get(account), "laptop")
        with pytest.raises(InvalidInput, match="revoke one"):
            tokens.make(accounts.get(account), "laptop")


def test_one_is_made_on_the_command_line(app: Flask, account: str) -> None:
    printed = app.test_cli_runner().invoke(args=["user", "token", "ada", "--for", "cron"]).output.strip()
    with app.app_context():
        assert tokens.holder(f"Bearer {printed}", "1") == "ada"
        assert tokens.of(accounts.get("ada").id)[0].name == "cron"
