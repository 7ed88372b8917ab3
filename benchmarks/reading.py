"""What a reader waits for, beside what Nikola's default theme makes of the same two posts, all in one run.

    python -m benchmarks.reading          prints a table; nothing has to be running

One post is of words alone, one has formulas and code as well. Chromium visits them as a phone on a slow connection.
Pages are then asked for as fast as they come, from one process on a core of its own, by readers on another core; a
server that says hello and does nothing else shows how much of that is the server's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks import nikola, searching, texts
from benchmarks.load import Load, measure
from benchmarks.servers import CORES, SITE, ask, gunicorn, initialise
from benchmarks.visits import Visit, chromium, visit

SECONDS, READERS = 5.0, 8
SERVER, CLIENT = CORES[0], CORES[-1]
POSTS = {"words": texts.of_words(), "formulas-and-code": texts.of_formulas_and_code()}
NAMES = {"words": "words", "formulas-and-code": "formulas and code"}
MOST_BYTES = {"words": "≤ 14 kB", "formulas-and-code": "≤ 30 kB"}
Row = tuple[str, str, str, str]  # what, the target, ours, theirs


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = folder / "ours"
        write_posts(ours)
        with gunicorn(SITE, DATA=str(ours)) as port:
            visits = look({slug: f"http://127.0.0.1:{port}/posts/{slug}" for slug in POSTS})
        version, theirs = of_nikola(folder)
        rows = [*visited(visits, theirs), *asked(ours)]
        waits = searching.measure(folder / "search")
    every = [wait for kind in waits.values() for wait in kind]
    rows.append(("search of 1,000 posts, p95", "≤ 20 ms", f"{searching.at(every, 95):.1f} ms", "—"))
    print(table(rows, version))


def write_posts(data: Path) -> None:
    from app import create_app
    from app.blog import editing
    from app.blog.manuscript import Manuscript
    from app.config import Settings

    initialise(data)
    with create_app(Settings(DATA=data, JOB_ENGINE="none")).test_request_context():
        for slug, text in POSTS.items():
            editing.create(Manuscript(f"A post of {NAMES[slug]}", text, slug, status="published"))


def of_nikola(folder: Path) -> tuple[str, dict[str, Visit]]:
    """Its version and the visits to its site; why there are none, where it cannot be had."""
    try:
        version, site = nikola.build(folder, POSTS)
    except nikola.NotThere as reason:
        return f"Nikola (not installed: {reason})", {}
    with gunicorn("benchmarks.bare:folder()", FOLDER=str(site)) as port:
        return f"Nikola {version}", look({slug: f"http://127.0.0.1:{port}/posts/{slug}/" for slug in POSTS})


def look(addresses: dict[str, str]) -> dict[str, Visit]:
    with chromium() as browser:
        return {slug: visit(browser, url) for slug, url in addresses.items()}


def visited(ours: dict[str, Visit], theirs: dict[str, Visit]) -> Iterable[Row]:
    for slug, name in NAMES.items():
        pair = [ours[slug], theirs.get(slug)]

        def both(what: str, target: str, told: list[str], name: str = name) -> Row:
            return (f"{name}: {what}", target, told[0], told[1])

        for kind in ("html", "css", "js"):
            target = "≤ 3 kB, none needed" if kind == "js" else ""
            yield both(f"{kind.upper()}, compressed", target, [_kb(one, (kind,)) for one in pair])
        yield both("all three", MOST_BYTES[slug], [_kb(one, ("html", "css", "js")) for one in pair])
        yield both("fonts", "", [_kb(one, ("font",)) for one in pair])
        yield both("requests", "", [str(one.requests) if one else "—" for one in pair])
        yield both("requests to other sites", "0", [str(one.others) if one else "—" for one in pair])
        yield both("largest contentful paint", "≤ 1.2 s", [f"{one.lcp:.2f} s" if one else "—" for one in pair])
        yield both("cumulative layout shift", "≤ 0.02", [f"{one.cls:.3f}" if one else "—" for one in pair])
        yield both("total blocking time", "≤ 50 ms", [f"{one.tbt:.0f} ms" if one else "—" for one in pair])


def asked(data: Path) -> Iterable[Row]:
    path = "/posts/words"
    with gunicorn(SITE, core=SERVER, DATA=str(data)) as port:
        tag = ask(port, path, Accept_Encoding="gzip")[1]["etag"]
        yield _speed("a kept page", "≥ 1,500 /s, p95 ≤ 15 ms", _load(port, path))
        yield _speed("“unchanged” (304)", "", _load(port, path, f"If-None-Match: {tag}"))
    with gunicorn("benchmarks.bare:uncached()", core=SERVER, DATA=str(data)) as port:
        yield _speed("the same page, nothing kept", "", _load(port, path))
    with gunicorn("benchmarks.bare:hello", core=SERVER) as port:
        yield _speed("a server that says hello", "", _load(port, "/"))


def table(rows: Iterable[Row], nikola_version: str) -> str:
    lines = [f"| | target | Playpress | {nikola_version}, default theme |", "| --- | ---: | ---: | ---: |"]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def _load(port: int, path: str, *headers: str) -> Load:
    return measure(port, path, SECONDS, READERS, *headers, core=CLIENT)


def _speed(what: str, target: str, load: Load) -> Row:
    told = f"{load.a_second:,.0f} /s a core, p50 {load.p50:.1f} ms, p95 {load.p95:.1f} ms"
    return (what, target, told, "—")


def _kb(seen: Visit | None, kinds: tuple[str, ...]) -> str:
    return f"{sum(seen.bytes[kind] for kind in kinds) / 1000:.1f} kB" if seen else "—"


if __name__ == "__main__":
    main()
