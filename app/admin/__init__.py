"""The editor: sign-in, posts, preview."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None: ...
