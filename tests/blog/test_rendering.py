"""A text as a page of this site: what it links to, what keeps it from readers, and when it is rendered again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from app.blog import editing, rendering
from app.blog.draft import Draft
from app.blog.manuscript import Manuscript
from app.blog.pictures import shelf
from app.blog.transfer import manuscript_of
from app.errors import InvalidInput
from tests.pictures import photograph

Publish = Callable[..., int]


def broken(source: str) -> list[str]:
    return [remark.sentence for remark in rendering.rendered(source).warnings]


def test_links_to_posts_are_held_against_the_posts_there_are(app: Flask, publish: Publish) -> None:
    moved = publish(title="Moved", slug="old")
    publish(title="Draft", slug="draft", status="draft")
    with app.test_request_context():
        post = editing.get(moved)
        editing.save(moved, post.version, replace(manuscript_of(post), slug="new"))
        assert broken("[a](/posts/new) [b](/posts/old#x) [c](/tags/x) [d](https://e.org/posts/y) [e](#)") == []
        (sentence,) = broken("x\n\n[a](/posts/draft?y)")
        assert "/posts/draft?y" in sentence


def test_pictures_that_are_not_there_are_remarked_on(app: Flask) -> None:
    with app.test_request_context():
        there = shelf.shown(shelf.take_in(photograph(), "a.jpg")).largest
        assert broken(f"![a](a.jpg) ![b](/static/figures/habits.webp) ![c]({there}) ![d](/elsewhere/x.png)") == []
        gone = f"/pictures/{'0' * 32}-60.webp"
        for address in ("/static/figures/none.webp", "b.jpg", gone):
            (sentence,) = broken(f"![a]({address})")
            assert address in sentence


def test_a_published_post_says_what_its_pictures_show(app: Flask) -> None:
    with app.test_request_context():
        with pytest.raises(InvalidInput, match=r": line 1, line 3 and line 5\.$") as refused:
            editing.create(Manuscript("x", "![](/a.png)\n\n![](/b.png)\n\n![](/c.png)", status="published"))
        assert set(refused.value.problems) == {"source"}
        draft = editing.create(Manuscript("x", "![](/a.png)"))
        with pytest.raises(InvalidInput, match=r": line 1\.$"):
            editing.save(draft.id, 1, replace(manuscript_of(draft), status="published"))
        shown = replace(manuscript_of(draft), status="published", source="![A house](/a.png)")
        assert editing.save(draft.id, 1, shown).version == 2


def test_a_post_is_rendered_again_when_a_figure_has_changed(
    app: Flask, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    with app.test_request_context():
        assert editing.rerender_stale() == 0
        monkeypatch.setattr(shelf, "figures_version", lambda: "another")
        assert editing.rerender_stale() == 1
        assert editing.rerender_stale() == 0


def test_a_post_that_takes_too_long_stays_as_it_was_and_the_others_are_rendered(
    app: Flask, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, quick = publish(title="Slow", source="*slow*"), publish(title="Quick", source="*quick*")
    drafted = rendering.draft_in_time

    def refuse_slow(source: str) -> Draft:
        if "slow" in source:
            raise InvalidInput({"source": "This takes too long."})
        return drafted(source.replace("quick", "new"))

    monkeypatch.setattr(rendering, "draft_in_time", refuse_slow)
    monkeypatch.setattr(rendering, "renderer_version", lambda: "another")
    with app.test_request_context():
        assert editing.rerender_stale() == 1
        assert [editing.get(number).html for number in (slow, quick)] == [
            "<p><em>slow</em></p>",
            "<p><em>new</em></p>",
        ]


def test_many_pictures_are_found_by_few_queries(app: Flask) -> None:
    with app.test_request_context():
        shelf.take_in(photograph(), "1199.jpg")
        found = shelf.found(f"{number}.jpg" for number in range(1200))
        assert list(found) == ["1199.jpg"]
