"""The author's pictures: taken in with their alt text, listed with the words a post needs, refused in sentences."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest

from tests.admin.conftest import Author
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
    (address,) = re.findall(r'<a href="(/pictures/[^"]+)"><img', page)
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
