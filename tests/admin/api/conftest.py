"""A program with a token of ada."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.admin import accounts, tokens


@dataclass
class Program:
    client: FlaskClient
    token: str

    def get(self, path: str, **headers: str) -> TestResponse:
        return self._open("GET", path, None, "", headers)

    def push(self, text: str | bytes, kind: str = "text/markdown", query: str = "") -> TestResponse:
        return self._open("POST", f"/posts{query}", text, kind, {})

    def put(self, slug: str, text: str | bytes, kind: str = "text/markdown", **headers: str) -> TestResponse:
        return self._open("PUT", f"/posts/{slug}", text, kind, headers)

    def _open(self, method: str, path: str, data: Any, kind: str, headers: dict[str, str]) -> TestResponse:
        told = {"Authorization": f"Bearer {self.token}"} | {name.replace("_", "-"): v for name, v in headers.items()}
        kinds = {"content_type": kind} if kind else {}
        return self.client.open(f"/api/v1{path}", method=method, data=data, headers=told, **kinds)


@pytest.fixture
def program(app: Flask, account: str) -> Program:
    with app.app_context():
        return Program(app.test_client(), tokens.make(accounts.get(account), "tests"))
