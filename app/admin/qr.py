"""A text as a QR code, drawn as SVG."""

from __future__ import annotations

import segno
from markupsafe import Markup


def drawn(text: str) -> Markup:
    """Dark on light with a margin of four modules, by day and by night: some readers take it no other way."""
    code = segno.make(text, error="m", micro=False)
    return Markup(code.svg_inline(dark="#000", light="#fff", border=4, omitsize=True, svgclass=None, lineclass=None))
