from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from app.blog import editing, search
from app.blog.manuscript import Manuscript, slug_of
from app.blog.search import find, text_of
from app.blog.transfer import manuscript_of
from app.db import db, now, writing
from app.errors import NotFound

Publish = Callable[..., int]


def slugs(query: str, page: int = 1) -> list[str]:
    return [hit.slug for hit in find(query, page).hits]


def folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()


TEXTS = [
    ("Été à Zürich", "A naïve façade, `snake_case` and **bold** words."),
    ("Anchors", "Boxes of *three* sizes.\n\n```python\nfor anchor in anchors:\n    keep(anchor)\n```"),
    ("Priors", "Being sure of a naive hypothesis; $p < \\frac{1}{2}$ then."),
    ("Ångström", "A façade. Nothing else, e.g. no anchor."),
]


@pytest.mark.parametrize(
    "word", ["facade", "FAÇADE", "naïve", "ete", "zurich", "anchor", "boxes", "keep", "angstrom", "xyzzy"]
)
def test_a_word_finds_what_a_look_through_all_texts_finds(app: Flask, publish: Publish, word: str) -> None:
    for title, source in TEXTS:
        publish(title, source)
    expected = {slug_of(title) for title, text in TEXTS if re.search(rf"\b{folded(word)}", folded(f"{title} {text}"))}
    with app.test_request_context():
        assert set(slugs(word)) == expected


def test_all_words_must_be_there_and_the_last_may_be_a_beginning(app: Flask, publish: Publish) -> None:
    publish("Both", "apple and pears")
    publish("One", "apple")
    with app.test_request_context():
        assert slugs("apple pea") == ["both"]
        assert slugs("app pears") == ["both"], "no text has both as words, so those with one count"
        assert not find("app pears").whole
        assert find("apple pea").whole


def test_a_title_counts_more_than_a_tag_and_a_tag_more_than_the_text(app: Flask, publish: Publish) -> None:
    publish("Text", "About gradients and much else. " * 3)
    publish("Tag", "About something.", tags=("gradients",))
    publish("Gradients", "About something.")
    with app.test_request_context():
        assert slugs("gradients") == ["gradients", "tag", "text"]


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"published_at": now() + timedelta(days=1)}])
def test_what_readers_may_not_read_is_not_found(app: Flask, publish: Publish, hidden: dict[str, object]) -> None:
    publish("Hidden", "secret", **hidden)
    publish("Open", "secret")
    with app.test_request_context():
        assert (slugs("secret"), find("secret").total) == (["open"], 1)


def test_a_post_is_found_by_what_it_says_now(app: Flask, publish: Publish) -> None:
    post_id = publish("Post", "before")
    with app.test_request_context():
        editing.save(post_id, 1, with_source(post_id, "after"))
        assert (slugs("before"), slugs("after")) == ([], ["post"])
        editing.delete(post_id)
        assert slugs("after") == []


def with_source(post_id: int, source: str) -> Manuscript:
    return replace(manuscript_of(editing.get(post_id)), source=source)


def test_a_save_that_fails_changes_no_words(app: Flask, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    post_id = publish("Post", "before")

    def full(*_: object) -> None:
        raise OSError("the disk is full")

    with app.test_request_context():
        changed = with_source(post_id, "after")
        put = search.put
        monkeypatch.setattr(search, "put", lambda session, post: (put(session, post), full()))
        with pytest.raises(OSError):
            editing.save(post_id, 1, changed)
        assert (slugs("before"), slugs("after")) == (["post"], [])


def test_posts_from_before_the_search_are_taken_in(app: Flask, publish: Publish) -> None:
    publish("Old", "words")
    with app.test_request_context():
        with writing() as session:
            session.execute(db.text("DELETE FROM post_words"))
        assert slugs("words") == []
        with writing() as session:
            assert search.catch_up(session) == 1
        with writing() as session:
            assert search.catch_up(session) == 0
        assert slugs("words") == ["old"]


@examples(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text('"*:^-+(){}[]\\/ ANDORNOTNEAR\0', max_size=40))
def test_nothing_that_can_be_typed_is_an_error(app: Flask, query: str) -> None:
    with app.test_request_context():
        assert find(query).total == 0


@pytest.mark.parametrize(
    "query", ['"', "AND", "*", ":", "a\0b", "x" * 10_000, "word " * 2_000, "NEAR(a b)", "title:x", "-", "^a", "'; --"]
)
def test_odd_queries_are_answered(client: FlaskClient, publish: Publish, query: str) -> None:
    publish("Post", "word")
    assert client.get("/search", query_string={"q": query}).status_code == 200


def test_words_that_are_no_words_of_the_language_of_queries(app: Flask, publish: Publish) -> None:
    publish("Logic", "this AND that OR those NOT these NEAR")
    with app.test_request_context():
        for word in ("AND", "OR", "NOT", "NEAR", '"AND"', "AND*"):
            assert slugs(word) == ["logic"]


def test_snippets_mark_the_words_and_nothing_else(app: Flask, publish: Publish) -> None:
    publish("<b>Tags</b>", "word " * 100 + "`<script>alert(1)</script>` needle &amp; " + "word " * 100)
    with app.test_request_context():
        (hit,) = find("needle").hits
        assert "<mark>needle</mark>" in hit.words
        assert "&lt;script&gt;" in hit.words
        assert set(re.findall(r"<[^>]*>", hit.title + hit.words)) == {"<mark>", "</mark>"}
        assert len(hit.words.split()) < 50
        assert "<mark>Tags</mark>" in find("tags").hits[0].title


def test_a_description_shows_where_the_text_has_no_word(app: Flask, publish: Publish) -> None:
    publish("Post", "Text.", description="What a needle is.")
    with app.test_request_context():
        assert find("needle").hits[0].words == "What a <mark>needle</mark> is."


def test_pages_of_ten_hold_everything_once(app: Flask, publish: Publish) -> None:
    for number in range(23):
        publish(f"Post {number}", "same words")
    with app.test_request_context():
        pages = [slugs("same words", page) for page in (1, 2, 3)]
        assert [len(page) for page in pages] == [10, 10, 3]
        assert len({slug for page in pages for slug in page}) == 23
        for beyond in (0, -1, 4):
            with pytest.raises(NotFound):
                find("same words", beyond)


def test_the_page_without_a_question_has_the_form_and_the_tags(client: FlaskClient, publish: Publish) -> None:
    publish(tags=("art",))
    page = client.get("/search").text
    assert '<form class="search" role="search" action="/search">' in page
    assert 'href="/tags/art"' in page
    assert client.get("/search?q=+").status_code == 200


def test_nothing_found_says_so_and_offers_near_tags(client: FlaskClient, publish: Publish) -> None:
    publish("Post", tags=("detection",))
    page = client.get("/search?q=detecton").text
    assert "No text has “detecton”" in page
    assert 'href="/tags/detection"' in page


def test_results_follow_each_other_without_a_script(client: FlaskClient, publish: Publish) -> None:
    for number in range(11):
        publish(f"Post {number}", "same & words")
    first = client.get("/search?q=same+%26").text
    assert 'rel="next" href="/search?q=same+%26&amp;page=2"' in first
    assert 'rel="prev" href="/search?q=same+%26"' in client.get("/search?q=same+%26&page=2").text
    assert client.get("/search?q=same&page=3").status_code == 404
    assert "noindex" in first
    assert "<script" not in re.sub(r"<script type=.application/ld.json.*?</script>", "", first)


def test_what_a_page_is_searched_by() -> None:
    demo = "<!--demo:x-->no<!--/demo-->"
    note = '<sup id="fnref:n"><a class="footnote-ref" href="#fn:n">1</a></sup>'
    html = f'<h2>A <em>b</em><a class="headerlink" href="#a">#</a></h2><p>c<sup>2</sup></p><p>d{note}</p>{demo}'
    formula = "<math><semantics><mi>e</mi><annotation encoding=x>\\no</annotation></semantics></math>"
    assert text_of(html + formula) == "A b c2 d e"


def test_browsers_are_told_how_to_search(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    assert 'template="https://press.example/search?q={searchTerms}"' in answer.text
