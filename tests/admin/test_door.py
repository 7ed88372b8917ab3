import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.admin.door import OPEN
from app.blog import editing
from tests.admin.conftest import JSON, PASSWORD, Author


def admin_rules(app: Flask) -> list[tuple[str, Rule]]:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    return [(method, rule) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]


def posts(app: Flask) -> list[tuple[str, str]]:
    with app.test_request_context():
        return [(post.title, post.source) for post in editing.everything()]


def test_every_page_of_the_admin_is_closed(app: Flask, visitor: Author) -> None:
    closed = [(method, rule) for method, rule in admin_rules(app) if rule.endpoint not in OPEN]
    assert len(closed) >= 8
    for method, rule in closed:
        with app.test_request_context():
            url = app.url_map.bind("localhost").build(rule.endpoint, {name: 1 for name in rule.arguments}, method)
        answer = visitor.client.open(url, method=method)
        assert answer.status_code == (303 if method == "GET" else 401), url
        assert visitor.client.open(url, method=method, headers=JSON).status_code == 401, url


def test_no_page_of_the_admin_stays_in_a_cache(app: Flask, visitor: Author, author: Author) -> None:
    for answer in (visitor.client.get("/admin"), visitor.client.get("/admin/sign-in"), author.client.get("/admin")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_signing_in_leads_to_where_one_was_going(account: str, visitor: Author) -> None:
    door = visitor.client.get("/admin/posts/new").headers["Location"]
    assert door == "/admin/sign-in?next=/admin/posts/new"
    assert 'name="next" value="/admin/posts/new"' in visitor.client.get(door).text
    assert visitor.sign_in(next="/admin/posts/new").headers["Location"] == "/admin/posts/new"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/admin", "//evil.example/admin/", "/\\evil.example", "/adminx", "x"]
)
def test_signing_in_leads_to_no_other_site(account: str, visitor: Author, elsewhere: str) -> None:
    assert visitor.sign_in(next=elsewhere).headers["Location"] == "/admin"


def test_a_wrong_password_says_so(account: str, visitor: Author) -> None:
    answer = visitor.sign_in(password="wrong")
    assert answer.status_code == 401
    assert "The name or the password is not right." in answer.text
    assert "Set-Cookie" not in answer.headers


def test_many_wrong_passwords_are_told_to_wait(account: str, visitor: Author) -> None:
    answers = [visitor.sign_in(password="wrong") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "1"


def test_signing_out_is_a_form_and_ends_the_session(author: Author) -> None:
    assert author.client.get("/admin/sign-out").status_code == 405
    cookie = author.client.get_cookie("session")
    assert cookie
    assert author.post("/admin/sign-out").status_code == 303
    author.client.set_cookie("session", cookie.value)
    assert author.client.get("/admin").status_code == 303


def test_a_form_of_another_site_is_refused(app: Flask, author: Author) -> None:
    fields = {"token": author.token, "title": "x", "source": "x"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        assert author.client.post("/admin/posts", data=fields, headers=headers).status_code == 403
        assert author.client.post("/admin/sign-in", data={}, headers=headers).status_code == 403
    assert posts(app) == []


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_the_token_of_this_sign_in_changes_nothing(app: Flask, author: Author, token: str) -> None:
    author.token = token
    assert author.post("/admin/posts", title="x", source="x").status_code == 401
    assert posts(app) == []


def test_a_text_that_comes_after_the_sign_in_ran_out_is_kept_and_saved(
    app: Flask, account: str, visitor: Author
) -> None:
    text = "\nFirst line\n\n<b>&amp;</b> “quoted”\n"
    door = visitor.post("/admin/posts", title="Kept", source=text, status="draft", token="old")
    assert door.status_code == 401
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt; “quoted”" in door.text
    assert "not saved yet" in door.text
    kept = {"kept_for": "/admin/posts", "title": "Kept", "source": text.replace("\n", "\r\n"), "status": "draft"}
    again = visitor.sign_in(password="wrong", **kept)
    assert "“quoted”" in again.text
    saved = visitor.sign_in(**kept)
    assert saved.status_code == 303
    assert saved.headers["Location"].startswith("/admin/posts/")
    assert posts(app) == [("Kept", text)]


def test_a_kept_text_still_meets_its_conflict(app: Flask, author: Author, visitor: Author) -> None:
    url = author.write(source="Old")
    author.post(url, title="A post", source="Newer", version=1)
    answer = visitor.sign_in(kept_for=url, title="A post", source="Mine", version="1")
    assert answer.status_code == 409
    assert "Mine" in answer.text
    assert "Newer" in answer.text
    assert "Set-Cookie" in answer.headers
    assert PASSWORD not in answer.text


@pytest.mark.parametrize("path", ["/admin/posts/1/delete", "/admin/sign-out", "/posts/x", "https://x/", "nonsense"])
def test_only_saving_is_done_at_the_door(app: Flask, author: Author, visitor: Author, path: str) -> None:
    author.write()
    assert visitor.sign_in(kept_for=path).headers["Location"] == "/admin"
    assert len(posts(app)) == 1


def test_a_script_is_told_in_json(author: Author) -> None:
    author.post("/admin/sign-out")
    author.headers = JSON
    answer = author.post("/admin/posts", title="x", source="x")
    assert answer.status_code == 401
    assert "Your text is still here" in answer.json["error"]
