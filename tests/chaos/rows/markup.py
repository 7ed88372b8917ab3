"""Seven and a half thousand texts that would run code, rendered and read as a browser reads them."""

from __future__ import annotations

from app.blog.markdown import render
from app.errors import NotFound
from tests.chaos import markup
from tests.chaos.rows.outcome import Outcome

ID, DEED = "H-21", "texts that would run code, rendered and parsed as HTML5"
NUMBER = 7_500


def measured(scale: float, seed: int) -> Outcome:
    texts = {*markup.by_hand(), *markup.drawn(seed, int(NUMBER * scale))}
    outcome, acting = Outcome(), 0
    for text in sorted(texts):
        told = render(text, _no_demo)
        acting += bool(markup.harms(text))
        if harms := markup.harms(told.html) + markup.harms(told.excerpt_html):
            outcome.broken.append(f"{text!r}: {harms}")
    outcome.figures |= {
        "texts": f"{len(texts):,}",
        "harmful as they are": f"{acting:,}",
        "harmful once rendered": str(len(outcome.broken)),
    }
    return outcome


def _no_demo(name: str, _options: dict[str, str]) -> str:
    raise NotFound(f"There is no demo named “{name}”.")
