"""What a clean text gets after the allow-list: mathematics, keyboard reach, names."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from app.blog.mathematics import MathProblem, to_mathml

MATH = re.compile(r'<(span|div) class="arithmatex">\s*\\([(\[])([^<]*?)\\[)\]]\s*</\1>')
CODE = re.compile(r'(<div class="(?:language-(?P<language>[^"\s]+) )?highlight">(?:(?!<pre).)*)<pre>', re.DOTALL)
CHECKBOX = re.compile(r"<input(?P<checked> checked)?[^>]*>")


def with_mathematics(text: str, remark: Callable[[str, str], None] | None = None) -> str:
    """`text` with MathML for its formulas; `remark(tex, why)` hears of those that stay TeX."""

    def shown(match: re.Match[str]) -> str:
        tex, display = html.unescape(match[3]), match[2] == "["
        try:
            math = to_mathml(tex, display=display)
        except MathProblem as problem:
            if remark:
                remark(tex, str(problem))
            return f'<code class="notice">{html.escape(tex.strip())}</code>'
        return f'<div class="math" role="group" aria-label="Formula" tabindex="0">{math}</div>' if display else math

    return MATH.sub(shown, text)


def finished(text: str) -> str:
    """`text` whose code the keyboard reaches, and whose check boxes have names."""
    # Not set by the allow-list: it writes what it sets in another order each time, and pages have an ETag.
    return CHECKBOX.sub(_named_checkbox, CODE.sub(_reachable_code, text))


def _reachable_code(match: re.Match[str]) -> str:
    language = match["language"]
    label = f"Code, {language}" if language and language != "text" else "Code"
    return f'{match[1]}<pre tabindex="0" role="group" aria-label="{label}">'


def _named_checkbox(match: re.Match[str]) -> str:
    state = 'aria-label="done" checked' if match["checked"] else 'aria-label="to do"'
    return f'<input type="checkbox" disabled {state}>'
