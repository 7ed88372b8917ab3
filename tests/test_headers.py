from __future__ import annotations

import pytest
from flask.testing import FlaskClient

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


def test_public_pages_set_no_cookie(client: FlaskClient) -> None:
    for page in PAGES:
        if not page.startswith("/admin"):
            assert "Set-Cookie" not in client.get(page).headers
