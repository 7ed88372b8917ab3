"""An author at the door: the whole site, one account, and a browser that can sign in and write."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.admin import accounts, passwords, recovery, second_factor, totp
from app.db import now

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
        fields = {"name": name, "password": password, **more}
        return self.entered(self.client.post("/admin/sign-in", data=fields, headers=self.headers))

    def send_code(self, page: str, code: str, **more: str) -> TestResponse:
        """The second step, as its page asks for it."""
        found = re.search(r'name="half" value="([\w-]+)"', page)
        assert found, "this page does not ask for a code"
        return self.entered(self.client.post("/admin/sign-in/code", data={"half": found[1], "code": code, **more}))

    def entered(self, answer: TestResponse) -> TestResponse:
        if "Set-Cookie" in answer.headers:
            self.token = form_token(self.client.get("/admin").text)
        return answer

    def post(self, url: str, **data: Any) -> TestResponse:
        return self.client.post(url, data={"token": self.token, **data}, headers=self.headers)

    def write(self, **fields: Any) -> str:
        """A new post; its page in the editor."""
        answer = self.post("/admin/posts", **{"title": "A post", "source": "Text.", "status": "published", **fields})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


@dataclass
class Phone:
    """An app that has read a secret; `late` is in half minutes."""

    secret: str

    @classmethod
    def reading(cls, page: str) -> Phone:
        found = re.search(r'href="(otpauth:[^"]+)"', page)
        assert found
        return cls(parse_qs(urlsplit(unescape(found[1])).query)["secret"][0])

    def code(self, late: int = 0) -> str:
        return totp.code(self.secret, totp.step_of(now()) + late)

    def wrong(self) -> str:
        around = {self.code(late) for late in range(-2, 3)}
        return next(code for code in (f"{number:06}" for number in range(9)) if code not in around)


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
def phone(app: Flask, account: str) -> Phone:
    """What shows the codes of ada, whose second factor was switched on an hour ago."""
    with app.app_context():
        second_factor.offer(accounts.get("ada").id)
        secret = accounts.get("ada").totp_secret
        assert secret
        before = now() - timedelta(hours=1)
        second_factor.switch_on(accounts.get("ada"), totp.code(secret, totp.step_of(before)), "1", before)
    return Phone(secret)


@pytest.fixture
def another_browser(app: Flask, account: str) -> Callable[[], Author]:
    def another_browser() -> Author:
        author = Author(app.test_client())
        author.sign_in()
        return author

    return another_browser
