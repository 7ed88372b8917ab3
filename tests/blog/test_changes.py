from collections.abc import Callable

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.blog import editing
from app.blog.changes import change_of, changes
from app.db import db

Publish = Callable[..., int]
pages = st.lists(st.sampled_from(["a", "b", "c", "<p>"]), max_size=8)


@given(pages, pages)
def test_taking_out_what_goes_and_putting_in_what_comes_gives_the_new_page(old: list[str], new: list[str]) -> None:
    change = change_of("x", "\n".join(old), "\n".join(new))
    gone = {number for number, _ in change.gone}
    lines = [line for number, line in enumerate(old, start=1) if number not in gone]
    for number, line in change.come:
        lines.insert(number - 1, line)
    assert lines == new
    assert all(old[number - 1] == line for number, line in change.gone)


def test_what_would_change_is_told_and_nothing_does(app: Flask, publish: Publish) -> None:
    publish("Live", "One.\n\n::: demo style-transfer\n\nTwo.")
    publish("Plain", "Text.")
    with app.test_request_context():
        assert list(changes()) == []

    class Newer:
        fingerprint = "changed"

        def __call__(self, name: str, options: dict[str, str]) -> str:
            return "<p>a newer bench</p>" + "x" * 1000

    app.extensions["blog.embed"] = Newer()
    with app.test_request_context():
        before = db.session.execute(db.text("SELECT html, render_key FROM posts")).all()
        live, plain = changes()
        assert (live.slug, len(live.gone), len(live.come)) == ("live", 1, 1)
        assert "a newer bench" in live.come[0][1]
        assert live.summary().startswith("live: −1 +1 lines\n  - ")
        assert max(map(len, live.summary().splitlines())) < 120
        assert plain.summary() == "plain: the same page, by a newer renderer"
        assert db.session.execute(db.text("SELECT html, render_key FROM posts")).all() == before
        assert editing.rerender_stale() == 2
        assert list(changes()) == []
