"""One run: a seed decides who does what, in which order, and what befalls the server meanwhile."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from tests.admin.interleavings.checker import State, faults
from tests.admin.interleavings.history import History
from tests.admin.interleavings.site import Site, begin_anew, end_sessions
from tests.admin.interleavings.tab import Browser, Tab

LEAPS = [timedelta(seconds=20), timedelta(minutes=4), timedelta(minutes=11), timedelta(hours=2), timedelta(hours=13)]
ACTS = {"type": 9, "keep": 9, "save": 4, "publish": 2, "schedule": 2, "take down": 1, "restore": 2}
ACTS |= {"drop": 1, "delete": 0.4, "open": 2, "other": 1}
STEPS = 22


@dataclass
class Run:
    """What a run came to."""

    seed: int
    history: History = field(default_factory=History)
    faults: list[str] = field(default_factory=list)
    befallen: Counter[str] = field(default_factory=Counter)


def run(site: Site, seed: int, steps: int = STEPS) -> Run:
    """A run from an empty site, checked at its end."""
    begin_anew(site.data)
    done, random = Run(seed), Random(seed)
    mine = Browser()
    others = mine if random.random() < 0.6 else Browser()  # two tabs of one browser, or two devices
    tabs = [Tab(n, site, b, done.history, Random(seed * 2 + n)) for n, b in ((0, mine), (1, others))]
    _begin(tabs)
    for _ in range(steps):
        _step(site, tabs, done, random)
    done.faults = faults(done.history, State.of(site.data))
    return done


def _begin(tabs: list[Tab]) -> None:
    first, second = tabs
    first.sign_in()
    if second.browser is not first.browser:
        second.sign_in()
    first.open("/admin/posts/new")
    first.type()
    if first.random.random() < 0.8:
        first.save()
    if first.post:
        second.open(f"/admin/posts/{first.post}")


def _step(site: Site, tabs: list[Tab], done: Run, random: Random) -> None:
    chance = random.random()
    if chance < 0.08 and site.advance(leap := random.choice(LEAPS)):
        done.befallen["the clock goes on, past dates to come"] += 1
        done.befallen["a session runs out"] += leap > timedelta(hours=12)
    elif chance < 0.12:
        end_sessions(site.data)
        done.befallen["a session is ended"] += 1
    elif chance < 0.32:
        done.befallen["both tabs at once"] += 1
        _at_once([_chosen(tab, tabs) for tab in tabs])
    elif chance < 0.42:
        _at_once([*(_chosen(tab, tabs) for tab in tabs), lambda: _killed(site, done, random.random() * 0.06)])
    else:
        tab = random.choice(tabs)
        _chosen(tab, tabs)()


def _killed(site: Site, done: Run, after: float) -> None:
    done.befallen["the server is killed"] += site.kill(after)


def _at_once(acts: list[Callable[[], None]]) -> None:
    broken: list[BaseException] = []

    def act(what: Callable[[], None]) -> None:
        try:
            what()
        except BaseException as error:
            broken.append(error)

    threads = [threading.Thread(target=act, args=(what,)) for what in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]


def _chosen(tab: Tab, tabs: list[Tab]) -> Callable[[], None]:
    """What the author does next in `tab`."""
    other = tabs[1 - tab.number]
    if not tab.values:
        return lambda: _open(tab, other)
    act = tab.random.choices(list(ACTS), list(ACTS.values()))[0]
    to_come = (tab.site.now() + timedelta(minutes=tab.random.choice([3, 90]))).strftime("%Y-%m-%dT%H:%M:%S")
    return {
        "type": tab.type,
        "keep": lambda: (tab.type(), tab.keep()),
        "save": tab.save,
        "publish": lambda: tab.save(status="published", published_at=""),
        "schedule": lambda: tab.save(status="published", published_at=to_come),
        "take down": lambda: tab.save(status="draft"),
        "restore": tab.restore if tab.post else tab.keep,
        "drop": tab.drop,
        "delete": tab.delete if tab.post else tab.type,
        "open": lambda: _open(tab, other),
        "other": lambda: tab.open("/admin/posts/new"),
    }[act]  # type: ignore[return-value]


def _open(tab: Tab, other: Tab) -> None:
    """The post or the text that the other tab has, or its own anew, or a new one."""
    copies = [t.values["copy"] for t in (other, tab) if not t.post and t.values.get("copy")]
    posts = [t.post for t in (other, tab) if t.post]
    if posts and (not copies or tab.random.random() < 0.8):
        tab.open(f"/admin/posts/{posts[0]}")
    elif copies:
        tab.open(f"/admin/posts/new?copy={copies[0]}")
    else:
        tab.open("/admin/posts/new")
