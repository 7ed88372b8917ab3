"""An author at the door: the whole site, one account, and a browser that can sign in and write."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.admin import accounts, passwords, recovery

PASSWORD = "correct horse battery"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real hashes take a tenth of a second each; that they do is asserted where it matters."""
    monkeypatch.setattr(passwords, "METHOD", "scrypt:256:8:1")
    monkeypatch.setattr(recovery, "COST", 256)


@pytest.fixture
def account(app: Flask) -> str:
    with app.app_context():
        accounts.add("ada")
        accounts.set_password("ada", PASSWORD)
    return "ada"


@dataclass
class Author:
    """Signs in, opens pages, and sends forms with what their page says, as a browser does."""

    client: FlaskClient
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def sign_in(self, name: str = "ada", password: str = PASSWORD, **more: str) -> TestResponse:
        answer = self.client.post("/admin/sign-in", data={"name": name, "password": password, **more})
        if answer.status_code < 400:
            self.token = form_token(self.client.get("/admin").text)
        return answer

    def post(self, url: str, **data: Any) -> TestResponse:
        return self.client.post(url, data={"token": self.token, **data}, headers=self.headers)

    def write(self, **fields: Any) -> str:
        """A new post; its page in the editor."""
        answer = self.post("/admin/posts", **{"title": "A post", "source": "Text.", "status": "published", **fields})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


def form_token(page: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found
    return found[1]


@pytest.fixture
def visitor(app: Flask) -> Author:
    return Author(app.test_client())


@pytest.fixture
def author(app: Flask, account: str) -> Author:
    author = Author(app.test_client())
    author.sign_in()
    return author


@pytest.fixture
def another_browser(app: Flask, account: str) -> Callable[[], Author]:
    def another_browser() -> Author:
        author = Author(app.test_client())
        author.sign_in()
        return author

    return another_browser
