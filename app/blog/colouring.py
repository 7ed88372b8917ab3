"""Code in colours, by the library's own highlighter, once: a text is rendered again and again while it is written."""

from __future__ import annotations

from typing import Any

from pymdownx.highlight import Highlight, HighlightExtension

from app.blog.recent import Recent

MOST, LONGEST = 256, 20_000  # pieces of code, and how many characters of each
SAID_ELSEWHERE = {"code_block_count"}  # names lines, which no page of this site does

coloured: Recent[str] = Recent(MOST)


class KeptHighlight(Highlight):
    """Gives what it gave before for the same code with the same options."""

    def highlight(self, src: str, language: str, *args: Any, **options: Any) -> Any:
        # Within a line it gives an element, which others change; a title may be put aside by the text that it is in.
        if options.get("inline") or options.get("title") or len(src) > LONGEST:
            return super().highlight(src, language, *args, **options)
        asked = sorted((name, repr(value)) for name, value in options.items() if name not in SAID_ELSEWHERE)
        key = (src, language, repr(args), *asked)
        return coloured.of(key, lambda: super(KeptHighlight, self).highlight(src, language, *args, **options))


class ColouringExtension(HighlightExtension):
    """`pymdownx.highlight` with a memory."""

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        return KeptHighlight
