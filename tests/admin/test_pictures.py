"""The author's pictures: taken in with their alt text, listed with the words a post needs, refused in sentences."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests.admin.conftest import JSON, Author
from tests.pictures import photograph


def hand_in(author: Author, data: bytes = b"", filename: str = "My Lake.JPG", **fields: str) -> str:
    file = (io.BytesIO(data or photograph(600, 400)), filename)
    answer = author.post("/admin/pictures", **{"file": file, "alt": "A lake", **fields})
    return answer.text if answer.status_code == 422 else answer.headers["Location"]


def test_there_is_a_form_and_nothing_else_at_first(author: Author) -> None:
    page = author.client.get("/admin/pictures").text
    assert "No picture has been taken in yet" in page
    assert 'enctype="multipart/form-data"' in page
    assert 'aria-current="page">Pictures' in page


def test_a_picture_is_taken_in_and_says_how_a_post_calls_it(author: Author) -> None:
    assert hand_in(author) == "/admin/pictures#picture-my-lake.jpg"
    page = author.client.get("/admin/pictures").text
    assert 'value="![A lake](my-lake.jpg)"' in page
    assert "600 × 400 pixels" in page
    (address,) = re.findall(r'<img src="(/pictures/[^"]+)"', page)
    answer = author.client.get(address)
    assert answer.mimetype == "image/webp", answer.text


def test_a_post_shows_it_by_its_name(author: Author) -> None:
    hand_in(author)
    author.write(title="On lakes", source="![](my-lake.jpg)")
    page = author.client.get("/posts/on-lakes").text
    assert re.search(r'<img src="/pictures/\w+-600\.webp" srcset="[^"]+ 480w, [^"]+ 600w"', page)
    assert 'alt="A lake" width="600" height="400"' in page


@pytest.mark.parametrize("name", ["Côte d’Azur.jpg", "côte d’azur", "C:\\x\\Côte (d’Azur)"])
def test_a_name_of_ones_own(author: Author, name: str) -> None:
    assert hand_in(author, name=name).endswith("#picture-c%C3%B4te-d-azur.jpg")


@pytest.mark.parametrize(
    ("field", "fields", "words"),
    [
        ("alt", {"alt": " "}, "Say what the picture shows"),
        ("alt", {"alt": "x" * 1001}, "1,000 characters"),
        ("file", {"filename": ""}, "Choose a picture"),
        ("file", {"data": b"hello"}, "no picture that can be read"),
        ("file", {"data": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"}, "“script”"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(author: Author, field: str, fields: dict[str, str], words: str) -> None:
    page = hand_in(author, **fields)  # type: ignore[arg-type]
    problem = re.search(rf'data-problem="{field}">([^<]*)<', page)
    assert problem and words in unescape(problem[1])
    assert "No picture has been taken in yet" in page


def test_what_was_written_is_not_lost(author: Author) -> None:
    assert "A lake at night" in hand_in(author, b"hello", alt="A lake at night")


def test_a_name_that_posts_use_for_another_picture_is_refused(author: Author) -> None:
    hand_in(author)
    page = hand_in(author, photograph(70, 40))
    assert "Another picture is named “my-lake.jpg” already" in page
    assert hand_in(author).endswith("my-lake.jpg")  # the same one again is no other


def test_nobody_else_comes_in(author: Author) -> None:
    author.token = "x"
    answer = author.post("/admin/pictures", file=(io.BytesIO(photograph()), "a.jpg"), alt="x")
    assert answer.status_code == 401
    author.client.delete_cookie("session")
    assert author.client.get("/admin/sign-in").status_code == 200


def test_publishing_asks_what_pictures_show(author: Author) -> None:
    text = "Words.\n\n![](/a.png)\n\n<img src='/b.png' alt=''>\n\n![ ](/c.png)"
    answer = author.post("/admin/posts", title="A post", source=text, status="published")
    assert answer.status_code == 422
    assert "line 3 and line 7." in answer.text
    assert author.post("/admin/posts", title="A post", source=text, status="draft").status_code == 303


def test_a_text_that_takes_too_long_is_refused_and_kept(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.blog import patience

    monkeypatch.setattr(patience.draft_in_time, "__defaults__", (0.3,))
    endless = "[^1]" * 8_000 + "\n\n[^1]: x"
    answer = author.post("/admin/posts", title="A post", source=endless, status="draft")
    assert answer.status_code == 422
    assert "This text takes too long to render" in answer.text
    assert endless in answer.text


def many(author: Author, *named: tuple[str, bytes], field: str = "file", **fields: str) -> TestResponse:
    return author.post("/admin/pictures", **{field: [(io.BytesIO(data), name) for name, data in named]}, **fields)


def test_many_come_in_at_once_and_say_afterwards_what_they_show(author: Author) -> None:
    answer = many(author, *((f"{width}.png", photograph(width, 40, "PNG")) for width in (60, 61, 62)))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin/pictures")
    page = author.client.get("/admin/pictures").text
    assert [f"picture-{width}.png" in page for width in (60, 61, 62)] == [True] * 3
    assert page.count("Nothing says what it shows.") == 3


def test_of_many_those_that_cannot_be_read_are_named_and_the_rest_is_there(author: Author) -> None:
    answer = many(author, ("good.png", photograph()), ("bad.png", b"hello"), ("good.png", photograph(70, 40)))
    assert answer.status_code == 422
    assert "2 pictures are taken in" in answer.text
    assert "bad.png: " in answer.text
    assert all(f'id="picture-{name}"' in answer.text for name in ("good.png", "good-2.png"))


def test_an_editor_gets_the_words_for_its_text(author: Author) -> None:
    author.headers = JSON
    answer = many(author, ("image.png", photograph()), field="picture")
    assert answer.status_code == 201
    assert answer.json and answer.json["markdown"] == "![](image.png)"
    assert author.client.get(answer.json["url"]).mimetype == "image/webp"
    again = many(author, ("image.png", photograph(70, 40)), field="picture", alt="Another [one]")
    assert again.json and again.json["markdown"] == "![Another (one)](image-2.png)"
    assert (again.json["width"], again.json["height"]) == (70, 40)
    same = many(author, ("image.png", photograph()), field="picture")
    assert same.json and same.json["name"] == "image.png"


def test_an_editor_gets_several_and_what_is_wrong_with_others(author: Author) -> None:
    author.headers = JSON
    answer = many(author, ("a.png", photograph()), ("b.png", b"x"), ("c.png", photograph(70, 40)), field="picture")
    assert answer.json
    assert [picture["name"] for picture in answer.json["pictures"]] == ["a.png", "c.png"]
    assert list(answer.json["refused"]) == ["b.png"]
    for files in ([], [("b.png", b"x")], [("b.png", b"x"), ("d.png", b"y")]):
        refused = many(author, *files, field="picture")
        assert refused.status_code == 422
        assert refused.json and refused.json["error"]


def test_it_is_a_library_to_look_through(author: Author) -> None:
    hand_in(author)
    hand_in(author, photograph(70, 40), filename="hill.png", alt="A hill")
    author.write(title="On lakes", source="![](my-lake.jpg)")
    page = author.client.get("/admin/pictures").text
    assert re.search(r'In <a href="/admin/posts/\d+">On lakes</a>\.', page)
    assert page.count("Unused.") == 1
    shown = {
        query: re.findall(r'id="picture-([\w.-]+)"', author.client.get(f"/admin/pictures?{query}").text)
        for query in ("", "only=unused", "q=LAKE", "q=a+hill", "q=nothing", "only=silent", "only=strange")
    }
    both = ["hill.png", "my-lake.jpg"]
    assert list(shown.values()) == [both, ["hill.png"], ["my-lake.jpg"], ["hill.png"], [], [], both]
    assert author.client.get("/admin/pictures?page=2").status_code == 404
