import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from app.admin import accounts, recovery, second_factor, throttle, totp
from app.db import now
from app.errors import SignInNeeded
from tests.admin.conftest import PASSWORD, Author, Phone

NEW = "violet otter sings"
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def codes_on(page: str) -> list[str]:
    return re.findall(r"<code>([\d-]{19})</code>", page)


def change(author: Author, **fields: str) -> str:
    """The page after asking for the new password; the fields say what is otherwise than it should be."""
    return author.post("/admin/account/password", **{"current": PASSWORD, "chosen": NEW, "again": NEW, **fields}).text


def test_the_password_is_changed_and_every_other_session_ends(
    app: Flask, author: Author, another_browser: Callable[[], Author]
) -> None:
    other = another_browser()
    change(author)
    assert "every other session has ended" in author.client.get("/admin/account?done=password").text
    assert author.client.get("/admin").status_code == 200
    assert other.client.get("/admin").status_code == 303
    with app.app_context():
        assert accounts.enter("ada", NEW, "1")
        with pytest.raises(SignInNeeded):
            accounts.enter("ada", PASSWORD, "1")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"current": "a wrong guess of it"}, "This is not your password."),
        ({"current": ""}, "This is not your password."),
        ({"again": "violet otter sinks"}, "This is not the same as the new password above."),
        ({"chosen": "short", "again": "short"}, "A password has at least 15 characters"),
        ({"chosen": "Password Password", "again": "Password Password"}, "guessed first"),
        ({"chosen": "ada ada ada ada ada", "again": "ada ada ada ada ada"}, "guessed first"),
    ],
)
def test_a_wrong_field_changes_nothing(
    app: Flask, author: Author, another_browser: Callable[[], Author], fields: dict[str, str], sentence: str
) -> None:
    other = another_browser()
    page = change(author, **fields)
    assert sentence in page
    assert "Nothing is changed" in page
    for text in {PASSWORD, NEW, *fields.values()} - {""}:
        assert f'value="{text}"' not in page
    assert other.client.get("/admin").status_code == 200
    with app.app_context():
        assert accounts.enter("ada", PASSWORD, "1")


def test_guessing_the_password_from_within_is_as_slow_as_from_without(author: Author) -> None:
    for _ in range(throttle.FREE_FAILURES):
        change(author, current="a wrong guess of it")
    answer = author.post("/admin/account/password", current=PASSWORD, chosen=NEW, again=NEW)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
    assert "Too many attempts have failed" in answer.text


def test_every_browser_that_is_signed_in_is_listed(
    app: Flask, author: Author, another_browser: Callable[[], Author]
) -> None:
    Author(app.test_client(), headers=FIREFOX).sign_in()
    with app.app_context():
        accounts.add("bob")
        accounts.set_password("bob", PASSWORD)
    Author(app.test_client(), headers={"User-Agent": "Chrome/1 on Windows"}).sign_in("bob")
    page = author.client.get("/admin/account").text
    assert page.count("<li>\n<p><b>") == 2
    assert "<b>Firefox on Linux</b>" in page
    assert page.count(", this one") == 1
    assert "Windows" not in page


def test_a_session_is_ended_at_once(app: Flask, author: Author, another_browser: Callable[[], Author]) -> None:
    one, other = another_browser(), another_browser()
    address = re.findall(r'action="(/admin/account/sessions/\d+/end)"', author.client.get("/admin/account").text)
    assert len(address) == 2
    assert [browser.client.get("/admin").status_code for browser in (one, other)] == [200, 200]
    assert author.post(address[0]).headers["Location"] == "/admin/account?done=ended"
    assert sorted(browser.client.get("/admin").status_code for browser in (one, other)) == [200, 303]
    author.post("/admin/account/sessions/end-others")
    assert [browser.client.get("/admin").status_code for browser in (one, other)] == [303, 303]
    assert author.client.get("/admin").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(app: Flask, author: Author) -> None:
    with app.app_context():
        accounts.add("bob")
        accounts.set_password("bob", PASSWORD)
    bob = Author(app.test_client())
    bob.sign_in("bob")
    for number in range(1, 6):
        author.post(f"/admin/account/sessions/{number}/end")
    author = Author(author.client)
    author.sign_in()
    author.post("/admin/account/sessions/end-others")
    assert bob.client.get("/admin").status_code == 200


def test_the_second_factor_is_set_up_step_by_step(
    app: Flask, author: Author, another_browser: Callable[[], Author]
) -> None:
    other = another_browser()
    assert author.client.get("/admin/account/second-factor").status_code == 303
    assert author.post("/admin/account/second-factor", current="wrong").status_code == 422
    assert author.client.get("/admin/account/second-factor").status_code == 303
    assert author.post("/admin/account/second-factor", current=PASSWORD).status_code == 303
    page = author.client.get("/admin/account/second-factor").text
    phone = Phone.reading(page)
    groups = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert groups
    assert groups[1].replace(" ", "") == phone.secret
    refused = author.post("/admin/account/second-factor/on", code=phone.wrong())
    assert refused.status_code == 422
    assert phone.secret in refused.text, "the same secret is shown again"
    answer = author.post("/admin/account/second-factor/on", code=phone.code())
    assert len(set(codes_on(answer.text))) == 10
    assert "10 recovery codes are left" in author.client.get("/admin/account").text
    assert phone.secret not in author.client.get("/admin/account").text
    assert author.client.get("/admin/account/second-factor").status_code == 303
    assert other.client.get("/admin").status_code == 303
    again = author.post("/admin/account/second-factor", current=PASSWORD)
    assert again.status_code == 409
    assert "on already" in again.text


def test_to_switch_it_off_takes_the_password_and_a_code(app: Flask, author: Author, phone: Phone) -> None:
    for current, code in (("wrong", phone.code()), (PASSWORD, phone.wrong()), (PASSWORD, "")):
        assert author.post("/admin/account/second-factor/off", current=current, code=code).status_code == 422
        with app.app_context():
            assert accounts.get("ada").has_second_factor
    answer = author.post("/admin/account/second-factor/off", current=PASSWORD, code=phone.code())
    assert answer.headers["Location"] == "/admin/account?done=off"
    with app.app_context():
        assert accounts.get("ada").totp_secret is None


def test_recovery_codes_are_renewed_for_a_code(app: Flask, author: Author, phone: Phone) -> None:
    assert author.post("/admin/account/recovery-codes", code=phone.wrong()).status_code == 422
    first = codes_on(author.post("/admin/account/recovery-codes", code=phone.code()).text)
    assert len(first) == 10
    second = codes_on(author.post("/admin/account/recovery-codes", code=first[0]).text)
    assert not set(first) & set(second)
    with app.app_context():
        ada = accounts.get("ada").id
        assert not recovery.use(ada, first[1].replace("-", ""))
        assert recovery.use(ada, second[1].replace("-", ""))


@pytest.mark.parametrize("left", range(3))
def test_how_many_recovery_codes_are_left_is_told_in_words(app: Flask, author: Author, phone: Phone, left: int) -> None:
    codes = codes_on(author.post("/admin/account/recovery-codes", code=phone.code()).text)
    with app.app_context():
        for code in codes[left:]:
            assert recovery.use(accounts.get("ada").id, code.replace("-", ""))
    sentence = ("No recovery code is left.", "One recovery code is left.", "2 recovery codes are left.")[left]
    assert sentence in " ".join(author.client.get("/admin/account").text.split())


def test_what_is_done_is_said_in_our_own_words_only(author: Author) -> None:
    page = author.client.get("/admin/account?done=<b>Hello</b>").text
    assert "Hello" not in page
    assert 'role="status"' not in page


def test_the_forms_of_an_account_want_their_token(app: Flask, author: Author, phone: Phone) -> None:
    rules = [str(rule) for rule in app.url_map.iter_rules() if str(rule).startswith("/admin/account/")]
    forms = {re.sub("<int:\\w+>", "1", rule) for rule in rules} - {"/admin/account/second-factor"}
    assert len(forms) == 8
    for address in forms:
        fields = {"current": PASSWORD, "chosen": NEW, "again": NEW, "code": phone.code()}
        assert author.client.post(address, data=fields).status_code == 401, address
    with app.app_context():
        assert accounts.get("ada").has_second_factor
        assert accounts.enter("ada", PASSWORD, "1")
    assert author.client.get("/admin").status_code == 200


def test_an_app_is_told_whose_codes_they_are(app: Flask) -> None:
    with app.app_context():
        accounts.add("a.b@c-d")
        accounts.set_password("a.b@c-d", PASSWORD)
        second_factor.offer(accounts.get("a.b@c-d").id)
    author = Author(app.test_client())
    author.sign_in("a.b@c-d")
    page = unescape(author.client.get("/admin/account/second-factor").text)
    assert "otpauth://totp/Playpress:a.b%40c-d?" in page


def test_a_code_of_the_phone_is_a_code_of_now(phone: Phone) -> None:
    assert totp.matching_step(phone.secret, phone.code(), now()) is not None
    assert totp.matching_step(phone.secret, phone.wrong(), now()) is None
