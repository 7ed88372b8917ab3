"""What the command line can do for an account, in the end of an author who cannot do it in the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from app.admin import accounts
from tests.admin.conftest import Author, Phone


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def test_a_lost_phone_is_no_end(app: Flask, runner: FlaskCliRunner, visitor: Author, phone: Phone) -> None:
    assert 'name="half"' in visitor.sign_in().text
    result = runner.invoke(args=["user", "reset-totp", "ada"])
    assert result.output == "ada signs in with the password alone.\n"
    assert visitor.sign_in().status_code == 303
    with app.app_context():
        assert accounts.get("ada").totp_secret is None


def test_sessions_are_listed_and_ended_at_once(
    runner: FlaskCliRunner, author: Author, another_browser: Callable[[], Author]
) -> None:
    other = another_browser()
    listed = runner.invoke(args=["user", "sessions", "ada"]).output.splitlines()
    assert len(listed) == 2
    assert all(line.endswith("An unknown browser") for line in listed)
    assert runner.invoke(args=["user", "sessions", "ada", "--end"]).output == "2 sessions ended.\n"
    assert [browser.client.get("/admin").status_code for browser in (author, other)] == [303, 303]
    assert runner.invoke(args=["user", "sessions", "ada"]).output == ""


@pytest.mark.parametrize("args", [["reset-totp"], ["sessions"], ["sessions", "--end"]])
def test_a_name_that_is_not_there_is_a_sentence(runner: FlaskCliRunner, account: str, args: list[str]) -> None:
    result = runner.invoke(args=["user", args[0], "nobody", *args[1:]])
    assert result.exit_code == 1
    assert result.output == "Error: There is no account “nobody”. There is: ada.\n"
