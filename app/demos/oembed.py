"""What other sites are told of a demo's page: a frame with its bench."""

from __future__ import annotations

from typing import Any

from app import demos
from app.demos.frame import HEIGHT, NARROW, TALL, frame
from app.oembed import Question

WIDTH = 960  # in pixels, as wide as a bench becomes


def describe(question: Question) -> dict[str, Any]:
    """The bench as the address has it set. Raises NotFound where there is no such demo."""
    demo = demos.get(question.args["name"])
    width = min(WIDTH, question.width or WIDTH)
    tall = HEIGHT if width >= NARROW else TALL
    height = min(tall, question.height or tall)
    known = {"from", *(field.name for field in demo.fields)}
    options = {name: text for name, text in question.query.items() if name in known}
    html = frame(demo, options, question.site, width, height)
    return {"type": "rich", "title": demo.title, "width": width, "height": height, "html": html}


ENDPOINTS = {"demos.page": describe, "embed.page": describe}
