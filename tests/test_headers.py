from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers

from app import create_app
from app.config import Settings
from app.db import db

APP = Path(__file__).parents[1] / "app"
PAGES = ["/", "/demos", "/demos/", "/demos/style-transfer", "/admin/sign-in", "/nowhere", "/api/v1/demos"]
POST = "/api/v1/demos/style-transfer/jobs"


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_is_locked_down(client: FlaskClient, page: str) -> None:
    headers = client.get(page).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_anything_inline(client: FlaskClient, page: str) -> None:
    html = client.get(page).text
    assert "<style" not in html
    assert ' style="' not in html
    assert ' onclick="' not in html
    scripts, data = html.count("<script"), html.count('<script type="application/ld+json">')  # browsers run no data
    assert scripts == html.count("<script src=") + html.count('<script type="module" src=') + data


@pytest.mark.parametrize(
    ("headers", "foreign"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Origin": "http://localhost"}, False),
        ({}, False),
    ],
)
def test_forms_of_other_sites_are_refused(client: FlaskClient, headers: dict[str, str], foreign: bool) -> None:
    assert (client.post(POST, headers=headers).status_code == 403) is foreign


def test_pictures_may_be_shown_on_other_sites_and_nothing_else_may(client: FlaskClient) -> None:
    policies = {
        path: client.get(path, buffered=True).headers["Cross-Origin-Resource-Policy"]
        for path in ("/static/icons/icon.svg", "/demos/habits/assets/-/still.webp", "/static/css/base.css", "/")
    }
    assert list(policies.values()) == ["cross-origin", "cross-origin", "same-origin", "same-origin"]


def test_public_pages_set_no_cookie(client: FlaskClient) -> None:
    for page in PAGES:
        if not page.startswith("/admin"):
            assert "Set-Cookie" not in client.get(page).headers


@pytest.fixture
def public(settings: Settings) -> Iterator[FlaskClient]:
    """A reader of a site as it stands on the web: of https, with a proxy in front that says how one came."""
    app = create_app(replace(settings, HTTPS=True, PROXY_HOPS=1, SITE_URL="https://press.example"))
    with app.app_context():
        db.create_all()
    yield app.test_client()
    app.extensions["jobs"].stop()
    with app.app_context():
        db.engine.dispose()


SECURE = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "press.example"}


def score(headers: Headers, html: str, redirects: bool) -> int:
    """What HTTP Observatory gives (mdn/mdn-http-observatory, src/grader/charts.js): 100 and a sum of these."""
    policy = {part.split()[0]: part.split()[1:] for part in headers["Content-Security-Policy"].split("; ")}
    scripts = re.findall(r"<script[^>]* src=[^>]*>", html)  # as it does: data in a page is nothing to check
    sources = [source for values in policy.values() for source in values]
    own = {"style-src", "script-src", "img-src", "font-src", "connect-src", "media-src", "form-action", "base-uri"}
    strict = (
        not any("unsafe" in source or source in ("*", "https:", "http:") for source in sources) and own <= policy.keys()
    )
    long = int((re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", "")) or [0, 0])[1]) >= 15768000
    strict_referrer = headers.get("Referrer-Policy") in (
        *("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"),
    )
    marks = [
        10 if strict and policy["default-src"] == ["'none'"] else -25,
        5 if policy.get("frame-ancestors") == ["'none'"] else 0 if headers.get("X-Frame-Options") == "DENY" else -20,
        5 if strict_referrer else 0,
        10 if headers.get("Cross-Origin-Resource-Policy") == "same-origin" else 0,
        5 if scripts and all(' integrity="sha384-' in script for script in scripts) else 0,
        0 if long else -20,
        0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        0 if redirects else -20,
        0 if "Set-Cookie" not in headers else -40,
        0 if "Access-Control-Allow-Origin" not in headers else -50,
    ]
    return 100 + sum(marks)


@pytest.mark.parametrize("page", ["/", "/demos", "/demos/bayes", "/demos/style-transfer", "/feed.xml"])
def test_observatory_gives_135(public: FlaskClient, page: str) -> None:
    answer = public.get(page, headers=SECURE)
    redirect = public.get(page, headers=SECURE | {"X-Forwarded-Proto": "http"})
    assert redirect.headers["Location"] == f"https://press.example{page}"
    found = score(answer.headers, answer.text, redirect.status_code == 308)
    assert found == (135 if "<script src" in answer.text else 130)


def test_the_score_falls_with_each_thing_that_is_missing(public: FlaskClient) -> None:
    answer = public.get("/", headers=SECURE)
    for name in (
        "Referrer-Policy",
        "Cross-Origin-Resource-Policy",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
    ):
        poorer = Headers(answer.headers)
        del poorer[name]
        assert score(poorer, answer.text, True) < 135, name
    assert score(answer.headers, answer.text, False) == 115
    assert score(answer.headers, answer.text.replace("integrity", ""), True) == 130


def test_without_a_proxy_that_tells_nobody_is_sent_round_and_round(settings: Settings, client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Forwarded-Proto": "http"}).status_code == 200
    app = create_app(replace(settings, HTTPS=True, PROXY_HOPS=1))
    assert app.test_client().get("/healthz").status_code == 200


def test_every_script_and_the_sites_sheet_can_be_checked(client: FlaskClient) -> None:
    for page in ("/", "/demos", "/demos/bayes", "/demos/style-transfer", "/nowhere"):
        html = client.get(page).text
        assert re.search(r'<link rel="stylesheet" href="[^"]+" integrity="sha384-', html)
        assert all(" integrity=" in script for script in re.findall(r"<script[^>]* src=[^>]*>", html))


def test_html_becomes_elements_at_one_door() -> None:
    sinks = re.compile(
        r"\b(innerHTML|outerHTML|insertAdjacentHTML|DOMParser|srcdoc|createContextualFragment|eval|document\.write)\b"
    )
    scripts = [*Path(APP).glob("static/js/*.js"), *Path(APP).glob("demos/*/*.js")]
    found = [script.name for script in scripts if sinks.search(re.sub(r"//.*", "", script.read_text()))]
    assert found == ["markup.js"]
