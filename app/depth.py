"""JSON of strangers: whatever is nested deeper than the interpreter goes is no JSON, and no error of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    from flask.json.provider import DefaultJSONProvider

    class Provider(DefaultJSONProvider):
        def loads(self, s: str | bytes, **kwargs: Any) -> Any:
            try:
                return super().loads(s, **kwargs)
            except RecursionError:
                raise ValueError("This is nested too deeply.") from None

    app.json = Provider(app)
