"""What clients sent and what became of it, in four states, and whether a site that was killed still has all of it.

Idea: Jepsen's histories. What was acknowledged must be there; what was refused must not; of what nobody knows either
may be. A text may have been replaced by one that was sent after it.
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Fate = Literal["sent", "acknowledged", "failed", "unknown"]


@dataclass
class Deed:
    """Something that was asked for: a text for the post `key`, or the run `key` of inputs `value`."""

    kind: Literal["text", "run"]
    key: str
    value: str
    fate: Fate = "sent"


@dataclass
class History:
    deeds: list[Deed] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, deed: Deed, send: Callable[[], bool]) -> bool:
        """Write it down, send it, and write down what became of it: `send` says whether it was acknowledged."""
        with self.lock:
            self.deeds.append(deed)
        try:
            deed.fate = "acknowledged" if send() else "failed"
        except ConnectionRefusedError:
            deed.fate = "failed"  # nobody was there to hear it
        except OSError:
            deed.fate = "unknown"
        return deed.fate == "acknowledged"

    def acknowledged(self, kind: str | None = None) -> int:
        return sum(deed.fate == "acknowledged" and kind in (None, deed.kind) for deed in self.deeds)

    def fates(self) -> Counter[str]:
        return Counter(deed.fate for deed in self.deeds)


def lost_texts(deeds: Iterable[Deed], found: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the texts that were `found`, by their posts; deeds of one post are in the order of sending."""
    of_post: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        if deed.kind == "text":
            of_post[deed.key].append(deed)
    for key, sent in of_post.items():
        last = max((number for number, deed in enumerate(sent) if deed.fate == "acknowledged"), default=-1)
        legal = {deed.value for deed in sent[max(0, last) :] if deed.fate != "failed"}
        if key not in found:
            if last >= 0:
                yield f"{key}: gone, with “{sent[last].value}”"
        elif found[key] not in legal:
            yield f"{key}: has “{found[key]}”, and not {sorted(legal)}"
    yield from (f"{key}: nobody sent it" for key in found.keys() - of_post.keys())


def lost_runs(deeds: Iterable[Deed], found: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """What is wrong with the runs that were `found` in the end: status and outcome by their ids."""
    for deed in deeds:
        if deed.kind == "run" and deed.fate == "acknowledged":
            status, outcome = found.get(deed.key, ("gone", ""))
            if status == "failed" and not outcome.endswith("."):
                yield f"run {deed.key}: failed without a sentence"
            elif status not in ("failed", "succeeded"):
                yield f"run {deed.key}: {status}"
            elif status == "succeeded" and outcome != deed.value:
                yield f"run {deed.key}: came to {outcome}, and not to {deed.value}"
