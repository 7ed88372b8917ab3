"""How long an author waits for the preview of a long post after a key: `python -m benchmarks.previewing`.

Nothing has to be running. The site is started as `make run` does and asked over HTTP as the editor asks it, once after
every change of a word somewhere in the text. The peer is asked for the same texts by turns: Python-Markdown with the
same extensions of pymdown, in this process, and nothing after it: no request, no allow-list, no MathML, no demos, no
pictures, no lines, no remarks. What Playpress adds is what stands between the two.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

from markdown import Markdown

from app.blog.markdown import COLOURS, EXTENSIONS, OPTIONS
from benchmarks.site import Site, serve
from benchmarks.texts import of_everything

WORDS, ASKED, WARM, SEED = 4000, 60, 6, 11
TARGET = 250.0  # milliseconds, p95
PARTS = (40, 12, 6)  # formulas, pieces of code, tables
BENCHES = ("::: demo astar", "::: demo bayes", "::: demo gram-matrix", "::: demo style-transfer")
TEXTS = {
    "formulas, code, tables": of_everything(WORDS, *PARTS),
    "the same with four benches": of_everything(WORDS, *PARTS, more=BENCHES),
}
FORM = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
Ask = Callable[[str], None]
Waits = dict[str, list[float]]  # milliseconds, by whom


def main() -> None:
    with tempfile.TemporaryDirectory() as data, serve(Path(data), JOB_ENGINE="none") as site:
        asked = {"Playpress": author(site), "Python-Markdown + pymdown": peer()}
        rows = {name: measure(text, asked) for name, text in TEXTS.items()}
    print(table(rows))


def author(site: Site) -> Ask:
    """Asks for previews as the editor does, signed in, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)

    def sent(path: str, cookie: str = "", **fields: str) -> tuple[dict[str, str], str]:
        connection.request("POST", path, urlencode(fields), FORM | ({"Cookie": cookie} if cookie else {}))
        response = connection.getresponse()
        said = json.loads(response.read())
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}: {said}")
        return said, (response.getheader("Set-Cookie") or "").split(";")[0]

    said, cookie = sent("/admin/sign-in", name="admin", password=site.password)

    def ask(text: str) -> None:
        sent("/admin/preview", cookie, token=said["token"], source=text)

    return ask


def peer() -> Ask:
    """The library under the renderer with the same extensions, all that it does and nothing else."""
    configs = OPTIONS | {"pymdownx.highlight": COLOURS}
    markdown = Markdown(extensions=[*EXTENSIONS.split(), "pymdownx.highlight"], extension_configs=configs)

    def ask(text: str) -> None:
        markdown.reset().convert(text)

    return ask


def measure(text: str, asked: dict[str, Ask]) -> Waits:
    """Each is asked for every version of the text, the other one after it; the first ones of all are not counted."""
    waits: Waits = {name: [] for name in asked}
    for version in written(text):
        for name, ask in asked.items():
            began = time.perf_counter()
            ask(version)
            waits[name].append((time.perf_counter() - began) * 1000)
    return waits


def written(text: str) -> Iterator[str]:
    """The text after each of many keys: one more letter in a word somewhere."""
    chance = random.Random(SEED)
    places = [match.end() for match in re.finditer(r"(?<= )[a-z]{4,}(?= )", text)]
    for _ in range(WARM + ASKED):
        place = chance.choice(places)
        yield text[:place] + "s" + text[place:]


def table(rows: dict[str, Waits]) -> str:
    lines = [
        f"| preview of {WORDS:,} words with | by | first | p50 | p95 | target |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for text, waits in rows.items():
        for name, every in waits.items():
            kept = sorted(every[WARM:])
            told = (every[0], at(kept, 50), at(kept, 95))
            target = f"≤ {TARGET:.0f} ms" if name == "Playpress" else ""
            lines.append(f"| {text} | {name} | {' | '.join(f'{wait:.0f} ms' for wait in told)} | {target} |")
    return "\n".join(lines)


def at(ordered: list[float], percent: int) -> float:
    """The nearest rank of so many per cent."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


if __name__ == "__main__":
    main()
