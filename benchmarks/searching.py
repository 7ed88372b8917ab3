"""How long readers wait for a search of 1,000 posts of 2,000 words.

python -m benchmarks.searching        prints a table; nothing has to be running
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote_plus

from benchmarks.servers import SITE, ask, gunicorn, initialise
from benchmarks.texts import POSTS

COUNT, WORDS, VOCABULARY, ASKED, SEED = 1000, 2000, 20_000, 40, 7
Pick = Callable[[int], list[str]]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(table(measure(Path(folder))))


def measure(folder: Path) -> dict[str, list[float]]:
    """Milliseconds of each search, by kind of search."""
    initialise(folder)
    vocabulary = _vocabulary()
    fill(folder, vocabulary)
    chance = random.Random(SEED)
    kinds: dict[str, Callable[[], str]] = {
        "a word in most posts": lambda: chance.choice(vocabulary[:20]),
        "a word in some posts": lambda: chance.choice(vocabulary[1000:3000]),
        "two words": lambda: " ".join(chance.sample(vocabulary[20:500], 2)),
        "the beginning of a word": lambda: chance.choice(vocabulary[20:500])[:3],
        "words that no post has": lambda: "".join(chance.choices("bcdfgh", k=12)),
    }
    with gunicorn(SITE, DATA=str(folder)) as port:
        ask(port, "/search?q=warm")
        return {kind: [_wait(port, query()) for _ in range(ASKED)] for kind, query in kinds.items()}


def fill(folder: Path, vocabulary: list[str]) -> None:
    """Posts whose words are as frequent as words are (Zipf), put where the editor would put them."""
    from app import create_app
    from app.blog import search
    from app.blog.models import Post, Tag
    from app.config import Settings
    from app.db import now, writing

    chance = random.Random(SEED)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(vocabulary))))
    app = create_app(Settings(DATA=folder, JOB_ENGINE="none"))
    with app.app_context(), writing() as session:
        for number in range(COUNT):
            words = chance.choices(vocabulary, cum_weights=weights, k=WORDS)
            html = "".join(f"<p>{' '.join(words[at : at + 80])}</p>" for at in range(0, WORDS, 80))
            post = Post(
                slug=f"post-{number}",
                title=" ".join(words[:5]),
                source=html,
                status="published",
                html=html,
                contents=[],
                excerpt_html=html[:500],
                word_count=WORDS,
                demos=[],
                render_key="",
                published_at=now() - timedelta(days=1, hours=number),
            )
            post.labels = [Tag(name=vocabulary[number % 50], position=0)]
            session.add(post)
            session.flush()
            search.put(session, post)


def table(waits: dict[str, list[float]]) -> str:
    lines = ["| search of 1,000 posts of 2,000 words | p50 | p95 |", "| --- | ---: | ---: |"]
    every = [wait for kind in waits.values() for wait in kind]
    for kind, found in {**waits, "**all**": every}.items():
        lines.append(f"| {kind} | {at(found, 50):.1f} ms | {at(found, 95):.1f} ms |")
    return "\n".join(lines)


def at(waits: list[float], percent: int) -> float:
    return sorted(waits)[min(len(waits) - 1, len(waits) * percent // 100)]


def _wait(port: int, query: str) -> float:
    started = time.perf_counter()
    status, _, content = ask(port, f"/search?q={quote_plus(query)}")
    elapsed = (time.perf_counter() - started) * 1000
    assert status == 200, content[:500]
    return elapsed


def _vocabulary() -> list[str]:
    """The words of the project's posts, the frequent first, and made-up ones up to 20,000."""
    found = re.findall(r"[a-z]{3,}", " ".join(file.read_text().lower() for file in sorted(POSTS.glob("*.md"))))
    counted = [word for word, _ in Counter(found).most_common()]
    chance = random.Random(SEED)
    made = ("".join(chance.choices("aeiou", k=1) + chance.choices("bdklmnprst", k=3)) for _ in range(10**6))
    more = (f"{word}{number:x}" for number, word in enumerate(made))
    return (counted + [next(more) for _ in range(VOCABULARY)])[:VOCABULARY]


if __name__ == "__main__":
    main()
