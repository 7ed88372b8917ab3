"""H-32: no answer of any route may be read or framed by another site, but for those that are meant to be."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from flask.testing import FlaskClient

EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
READABLE = {"oembed.answer"}  # a description, for scripts of sites that embed
FRAMED = {"embed.page"}
ENDLESS = {"jobs_api.events"}


def addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """Every route that answers GET, with its address."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in ENDLESS:
            known = {"kind": "webp", "name": "habits", "key": "0" * 32, "filename": "css/base.css"}
            yield rule.endpoint, adapter.build(rule.endpoint, {name: known.get(name, 1) for name in rule.arguments})


def test_no_answer_is_open_to_scripts_or_frames_of_other_sites(app: Flask, client: FlaskClient) -> None:
    seen = set()
    for endpoint, path in addresses(app):
        answer = client.get(path, headers=EVIL, buffered=True)
        seen.add(endpoint)
        assert "Access-Control-Allow-Origin" not in answer.headers or endpoint in READABLE, path
        assert "Access-Control-Allow-Credentials" not in answer.headers, path
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy or "sandbox" in policy or endpoint in FRAMED, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert "Set-Cookie" not in answer.headers, path
    assert len(seen) > 50


def test_nobody_is_told_beforehand_that_they_may(app: Flask, client: FlaskClient) -> None:
    asked = EVIL | {"Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "x-form-token"}
    for endpoint, path in addresses(app):
        answer = client.options(path, headers=asked)
        assert "Access-Control-Allow-Methods" not in answer.headers, path
        assert "Access-Control-Allow-Origin" not in answer.headers or endpoint in READABLE, path
