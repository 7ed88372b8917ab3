"""Signing in without leaving the editor: the door answers its script in JSON, with the token for the next save."""

from __future__ import annotations

from tests.admin.conftest import JSON, PASSWORD, Author, Phone


def test_the_token_is_good_for_what_is_saved_next(account: str, visitor: Author) -> None:
    entered = visitor.client.post("/admin/sign-in", data={"name": "ada", "password": PASSWORD}, headers=JSON)
    assert entered.status_code == 200
    token = entered.get_json()["token"]
    fields = {"token": token, "title": "Kept", "source": "Words.", "status": "draft"}
    assert visitor.client.post("/admin/posts", data=fields, headers=JSON).status_code == 201
    assert visitor.client.post("/admin/posts", data=fields | {"token": token[1:]}, headers=JSON).status_code == 401


def test_a_wrong_password_is_a_sentence_and_no_session(account: str, visitor: Author) -> None:
    refused = visitor.client.post("/admin/sign-in", data={"name": "ada", "password": "guessed it"}, headers=JSON)
    assert refused.status_code == 401
    assert refused.get_json()["error"].endswith(".")
    assert "Set-Cookie" not in refused.headers


def test_many_wrong_passwords_say_when_to_come_back(account: str, visitor: Author) -> None:
    fields = {"name": "ada", "password": "guessed it"}
    answers = [visitor.client.post("/admin/sign-in", data=fields, headers=JSON) for _ in range(40)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_the_second_step_is_one_more_answer(visitor: Author, phone: Phone) -> None:
    first = visitor.client.post("/admin/sign-in", data={"name": "ada", "password": PASSWORD}, headers=JSON)
    assert (first.status_code, set(first.get_json())) == (200, {"half"})
    assert "Set-Cookie" not in first.headers
    half = first.get_json()["half"]
    wrong = visitor.client.post("/admin/sign-in/code", data={"half": half, "code": phone.wrong()}, headers=JSON)
    assert wrong.status_code == 422
    assert wrong.get_json()["error"]
    right = visitor.client.post("/admin/sign-in/code", data={"half": half, "code": phone.code()}, headers=JSON)
    assert (right.status_code, set(right.get_json())) == (200, {"token"})
    assert visitor.client.get("/admin").status_code == 200


def test_a_half_that_led_in_is_spent(visitor: Author, phone: Phone) -> None:
    first = visitor.client.post("/admin/sign-in", data={"name": "ada", "password": PASSWORD}, headers=JSON)
    fields = {"half": first.get_json()["half"], "code": phone.code()}
    assert visitor.client.post("/admin/sign-in/code", data=fields, headers=JSON).status_code == 200
    late = visitor.client.post("/admin/sign-in/code", data=fields, headers=JSON)
    assert late.status_code == 401
    assert "Sign in again" in late.get_json()["error"]
