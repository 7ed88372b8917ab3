"""After a run: whether every word that was acknowledged is somewhere, and nothing was overwritten unseen.

Each rule gives a sentence for each thing that breaks it. What may have happened, as no answer came, is never held
against the site, whichever way it turns out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from tests.admin.interleavings.history import Event, History
from tests.admin.interleavings.site import open_database

SESSION = timedelta(minutes=10)
CHANGES = ("create", "save", "restore")


@dataclass
class State:
    """What the database says in the end."""

    posts: dict[int, tuple[int, str]] = field(default_factory=dict)  # version and text
    copies: dict[int, tuple[int, str]] = field(default_factory=dict)  # of the post, or 0, and the text
    revisions: list[tuple[int, int, int, str, str]] = field(default_factory=list)  # post, number, version, kind, text

    @classmethod
    def of(cls, data: Path) -> State:
        connection = open_database(data)
        posts = {row[0]: (row[1], row[2]) for row in connection.execute("SELECT id, version, source FROM posts")}
        kept = connection.execute("SELECT id, coalesce(post_id, 0), fields FROM working_copies")
        copies = {row[0]: (row[1], json.loads(row[2]).get("source", "")) for row in kept}
        asked = "SELECT post_id, number, version, kind, source FROM revisions ORDER BY post_id, number"
        revisions = list(connection.execute(asked))
        connection.close()
        return cls(posts, copies, revisions)

    def texts(self) -> set[str]:
        kept = {text for _, text in self.posts.values()} | {text for _, text in self.copies.values()}
        return kept | {text for *_, text in self.revisions}

    def saved(self, post: int) -> set[str]:
        return {text for of, _, _, kind, text in self.revisions if of == post and kind != "auto"}


Rule = Callable[[History, State], Iterator[str]]


def faults(history: History, state: State) -> list[str]:
    """One sentence for each rule that is broken, each time that it is."""
    return [f"{rule.__name__.replace('_', ' ')}: {fault}" for rule in RULES for fault in rule(history, state)]


def what_was_saved_is_in_the_history(history: History, state: State) -> Iterator[str]:
    for event in history.of(*CHANGES):
        excused = event.outcome != "acknowledged" or _deleted(event, history, state)
        if not excused and event.text not in state.saved(event.post):
            yield f"{event} has no revision"


def what_was_typed_is_kept(history: History, state: State) -> Iterator[str]:
    """In the post, the copy or a revision; or a later text of the same ten minutes is, that was typed after it."""
    there = state.texts()
    for event in history.of("keep"):
        if event.outcome == "acknowledged" and not _deleted(event, history, state) and event.text not in there:
            later = [
                other
                for other in history.of("keep", "save")
                if (other.post, other.version) == (event.post, event.version)
                and other.happened
                and other.ended > event.begun
                and other.at - event.at < SESSION
                and other.text in there
            ]
            if not later:
                yield f"{event} is nowhere"


def what_is_no_post_yet_is_kept(history: History, state: State) -> Iterator[str]:
    """In its copy or in the post made of it; or whoever dropped or typed over it had seen it."""
    there = state.texts()
    for event in history.of("keep text"):
        if event.outcome == "acknowledged" and event.text not in there:
            ends = history.of("keep text", "drop text", "create")
            seen = [e for e in ends if e.copy == event.copy and e.seen >= event.rev and e.happened and e is not event]
            if not seen:
                yield f"{event} is nowhere"


def no_text_is_typed_over_unseen(history: History, state: State) -> Iterator[str]:
    """Of two texts of one copy the later was sent by who had seen the earlier, unless that was saved or dropped."""
    kept = [event for event in history.of("keep", "keep text") if event.outcome == "acknowledged"]
    for late in kept:
        for early in kept:
            over = early.copy == late.copy and late.seen < early.rev < late.rev and early.text != late.text
            if over and not any(_ends(other, early, late, kept) for other in history.events):
                yield f"{late} went over {early}"


def of_two_saves_on_one_version_one_wins(history: History, state: State) -> Iterator[str]:
    winners: dict[tuple[int, int], Event] = {}
    for event in history.of("save", "restore"):
        if event.outcome == "acknowledged":
            other = winners.setdefault((event.post, event.version), event)
            if other is not event:
                yield f"{other} and {event}"
            if event.made and event.made != event.version + 1:
                yield f"{event} made another version than the next"


def a_number_is_given_once(history: History, state: State) -> Iterator[str]:
    """Or a tab with a post that was deleted would save over a stranger."""
    made: dict[int, Event] = {}
    for event in history.of("create"):
        if event.outcome == "acknowledged" and made.setdefault(event.post, event) is not event:
            yield f"{made[event.post]} and {event}"


def versions_count_saves(history: History, state: State) -> Iterator[str]:
    """Neither the clock nor what is typed changes a version."""
    for post, (version, _) in state.posts.items():
        saves = [event for event in history.of("save", "restore") if event.post == post and event.happened]
        sure = sum(1 for event in saves if event.outcome == "acknowledged")
        if not sure <= version - 1 <= len(saves):
            yield f"post {post} has the version {version} after {sure} to {len(saves)} saves"


def the_post_is_its_last_revision(history: History, state: State) -> Iterator[str]:
    for post, (_, source) in state.posts.items():
        saved = [text for of, _, _, kind, text in state.revisions if of == post and kind != "auto"]
        if not saved or saved[-1] != source:
            yield f"post {post} says {source!r}"


def what_was_refused_is_not_there(history: History, state: State) -> Iterator[str]:
    happened = {event.text for event in history.events if event.happened}
    there = state.texts()
    for event in history.of("keep", "keep text", *CHANGES):
        if event.outcome == "refused" and event.text and event.text not in happened and event.text in there:
            yield f"{event} is in the database"


RULES: tuple[Rule, ...] = (
    what_was_saved_is_in_the_history,
    what_was_typed_is_kept,
    what_is_no_post_yet_is_kept,
    no_text_is_typed_over_unseen,
    of_two_saves_on_one_version_one_wins,
    a_number_is_given_once,
    versions_count_saves,
    the_post_is_its_last_revision,
    what_was_refused_is_not_there,
)


def _deleted(event: Event, history: History, state: State) -> bool:
    """Somebody may have deleted the post of `event`, with all that was kept of it, having been asked."""
    if event.post in state.posts:
        return False
    return any(other.post == event.post and other.happened for other in history.of("delete"))


def _ends(other: Event, early: Event, late: Event, kept: list[Event]) -> bool:
    """Whether `other` may have ended the copy as of `early`, or of a text `kept` over that, before `late` was kept."""
    if not other.happened or other.ended < early.begun or other.begun > late.ended:
        return False
    if other.kind in ("drop", "drop text"):
        return other.post == early.post and (other.copy == early.copy or other.post > 0) and other.seen >= early.rev
    if other.kind == "create" and other.copy == early.copy:
        return other.seen >= early.rev  # “Save mine as a new post”
    if other.kind in CHANGES and other.post == early.post:
        # A copy that says what the post says by now is ended, whoever saved that or took it back.
        after = (k for k in kept if k.copy == early.copy and early.rev <= k.rev < late.rev)
        return (other.kind != "restore" and other.seen >= early.rev) or any(k.text == other.text for k in after)
    if other.kind in ("keep", "keep text"):  # somebody who had seen it, before `late` was sent by who had seen that
        return other.copy == early.copy and other.outcome == "unknown" and other.seen >= early.rev
    return False
