"""Posts: how they are kept, rendered, listed and fed."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask, embed: object) -> None: ...
