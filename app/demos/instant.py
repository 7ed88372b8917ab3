"""Demos that answer at once: no line, no worker, no job. A GET with the inputs in its address runs the same generator.

What comes out depends on nothing but the inputs and the demo's own files, so anyone may keep it: browsers, proxies, and
posts, which hold the answer to their presets. Large inputs may be sent with POST, whose answer nobody keeps.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from flask import Response, jsonify, request

from app import demos
from app.demos.base import Demo
from app.demos.form import inputs_of_request, texts
from app.errors import InvalidInput, NotFound

# A process serves 32 readers at once; one who asks for more than this has a machine of their own to ask.
SECONDS = 5.0
KEEP = 300  # seconds for which an answer is not asked for again; its ETag says then whether it has changed


def answer(demo: Demo, inputs: Any) -> dict[str, Any]:
    """The data that its run ends with. Raises InvalidInput where that takes too long."""
    until, data = time.monotonic() + SECONDS, {}
    with closing(demos.run(demo.name)(inputs)) as run:
        for update in run:
            data = update.data
            if update.progress < 1 and time.monotonic() > until:
                raise InvalidInput({"": f"This takes longer than {SECONDS:g} seconds here. Ask for less."})
    return data


def answer_of_values(demo: Demo, values: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a bench's values. Raises InvalidInput, a sentence for each field."""
    given = {name: value for name, value in values.items() if value is not None}
    return answer(demo, demo.parse(texts(given, demo)))


def answer_of_query(name: str) -> Response:
    """The answer to this address, as JSON that anyone may keep. Raises InvalidInput, a sentence for each field."""
    demo = at_once(name)
    return kept(jsonify(answer(demo, demo.parse(request.args.to_dict()))))


def answer_of_body(name: str) -> Response:
    """The answer to this request's body, as JSON. Raises InvalidInput, a sentence for each field."""
    demo = at_once(name)
    return jsonify(answer(demo, inputs_of_request(demo)))


def kept(response: Response) -> Response:
    """The response as one that anyone may keep, and need not be sent again while it is the same."""
    response.headers["Cache-Control"] = f"public, max-age={KEEP}"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def in_line(name: str) -> Demo:
    """The demo of this name, whose runs wait in line. Raises NotFound where it answers at once."""
    demo = demos.get(name)
    if demo.instant:
        raise NotFound(f"{demo.title} answers at once, without a line: GET or POST to /api/v1/demos/{name}.")
    return demo


def at_once(name: str) -> Demo:
    """The demo of this name, which answers at once. Raises NotFound where its runs wait in line."""
    demo = demos.get(name)
    if not demo.instant:
        raise NotFound(f"{demo.title} takes a while, so it has a line: POST to /api/v1/demos/{name}/jobs.")
    return demo
