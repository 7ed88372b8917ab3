"""The second step of signing in, where a second factor is on."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.admin import accounts, halfway, recovery, second_factor, throttle
from app.admin.door import OPEN
from app.admin.models import HalfSignIn
from app.db import db, now
from tests.admin.conftest import PASSWORD, Author, Phone
from tests.admin.test_door import admin_rules, posts


@pytest.fixture
def halfway_in(visitor: Author, phone: Phone) -> str:
    """The page that asks for the code."""
    return visitor.sign_in(next="/admin/posts/new").text


def test_a_code_leads_in_where_a_second_factor_is_on(visitor: Author, phone: Phone) -> None:
    asked = visitor.sign_in(next="/admin/posts/new")
    assert asked.status_code == 200
    assert "Set-Cookie" not in asked.headers
    assert asked.headers["Cache-Control"] == "no-store"
    assert 'autocomplete="one-time-code"' in asked.text
    assert PASSWORD not in asked.text
    entered = visitor.send_code(asked.text, phone.code(), next="/admin/posts/new")
    assert (entered.status_code, entered.headers["Location"]) == (303, "/admin/posts/new")
    assert visitor.client.get("/admin").status_code == 200


def test_who_is_half_in_is_out(app: Flask, visitor: Author, halfway_in: str) -> None:
    half = halfway_in.split('name="half" value="')[1].split('"')[0]
    visitor.client.set_cookie("session", half)
    for method, rule in admin_rules(app):
        if rule.endpoint not in OPEN:
            with app.test_request_context():
                url = app.url_map.bind("localhost").build(rule.endpoint, {name: 1 for name in rule.arguments}, method)
            answer = visitor.client.open(url, method=method)
            assert answer.status_code == (303 if method == "GET" else 401), url


def test_a_wrong_code_asks_again(visitor: Author, phone: Phone, halfway_in: str) -> None:
    again = visitor.send_code(halfway_in, phone.wrong())
    assert again.status_code == 422
    assert "This code is not right" in again.text
    assert "Set-Cookie" not in again.headers
    assert visitor.send_code(again.text, phone.code()).status_code == 303


def test_a_half_leads_in_once(app: Flask, visitor: Author, phone: Phone, halfway_in: str) -> None:
    assert visitor.send_code(halfway_in, phone.code()).status_code == 303
    late = Author(app.test_client()).send_code(halfway_in, phone.code(1))
    assert late.status_code == 401
    assert "Sign in again" in late.text


def test_a_code_leads_in_once(app: Flask, visitor: Author, phone: Phone, halfway_in: str) -> None:
    code = phone.code()
    assert visitor.send_code(halfway_in, code).status_code == 303
    other = Author(app.test_client())
    assert other.send_code(other.sign_in().text, code).status_code == 422


def test_a_half_is_good_for_ten_minutes(app: Flask, visitor: Author, phone: Phone, halfway_in: str) -> None:
    with app.app_context():
        before = now() - halfway.LONGEST - timedelta(seconds=1)
        db.session.execute(update(HalfSignIn).values(created_at=before))
        db.session.commit()
    assert visitor.send_code(halfway_in, phone.code()).status_code == 401


@pytest.mark.parametrize("ended_by", ["password", "reset"])
def test_a_half_ends_with_what_it_was_opened_by(
    app: Flask, visitor: Author, phone: Phone, halfway_in: str, ended_by: str
) -> None:
    code = phone.code()
    with app.app_context():
        if ended_by == "password":
            accounts.set_password("ada")
        else:
            second_factor.switch_off(accounts.get("ada").id)
    assert visitor.send_code(halfway_in, code).status_code == 401
    assert visitor.client.get("/admin").status_code == 303


def test_no_half_is_no_way_in(visitor: Author, phone: Phone) -> None:
    for fields in ({}, {"half": ""}, {"half": "x" * 43, "code": phone.code()}):
        assert visitor.client.post("/admin/sign-in/code", data=fields).status_code == 401
    assert visitor.client.get("/admin/sign-in/code").headers["Location"] == "/admin/sign-in"


def test_many_wrong_codes_are_told_to_wait_whoever_knows_the_password(
    app: Flask, visitor: Author, phone: Phone, halfway_in: str
) -> None:
    for _ in range(throttle.FREE_FAILURES):
        page = visitor.sign_in().text
        assert visitor.send_code(page, phone.wrong()).status_code == 422
    refused = visitor.send_code(halfway_in, phone.code())
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "1"
    assert "Too many attempts have failed" in refused.text
    assert 'name="half"' in refused.text


def test_a_recovery_code_leads_in_by_the_same_field(app: Flask, visitor: Author, phone: Phone, halfway_in: str) -> None:
    with app.app_context():
        code = recovery.renew(accounts.get("ada").id)[0]
    assert visitor.send_code(halfway_in, code).status_code == 303
    other = Author(app.test_client())
    assert other.send_code(other.sign_in().text, code).status_code == 422


def test_a_text_that_comes_too_late_is_kept_through_both_steps(app: Flask, visitor: Author, phone: Phone) -> None:
    text = "\nFirst line\n\n<b>&amp;</b> “quoted”\n"
    kept = {"kept_for": "/admin/posts", "title": "Kept", "source": text.replace("\n", "\r\n"), "status": "draft"}
    asked = visitor.sign_in(**kept)
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt; “quoted”" in asked.text
    assert 'value="/admin/posts"' in asked.text
    assert posts(app) == []
    again = visitor.send_code(asked.text, phone.wrong(), **kept)
    assert "“quoted”" in again.text
    assert posts(app) == []
    saved = visitor.send_code(again.text, phone.code(), **kept)
    assert saved.status_code == 303
    assert saved.headers["Location"].startswith("/admin/posts/")
    assert posts(app) == [("Kept", text)]


def test_a_half_that_came_too_late_keeps_the_text_for_another_try(app: Flask, visitor: Author, phone: Phone) -> None:
    kept = {"kept_for": "/admin/posts", "title": "Kept", "source": "Words", "status": "draft"}
    fields = {"half": "x" * 43, "code": phone.code(), **kept}
    late = visitor.client.post("/admin/sign-in/code", data=fields)
    assert late.status_code == 401
    assert 'name="title"' in late.text
    assert 'name="half"' not in late.text
    assert visitor.send_code(visitor.sign_in(**kept).text, phone.code(), **kept).status_code == 303
    assert posts(app) == [("Kept", "Words")]
