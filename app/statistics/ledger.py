"""Visits into the database, as counts: many at once, in one short transaction.

Idea: Bear's and GoatCounter's. A visitor is a hash of address and browser with the day's random salt; how many new
hashes there are is how many visitors there were. Invariant: when the day is over its salt and its hashes are erased,
and what is left are numbers. Kept is nothing else, neither addresses nor whole referrers.
"""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.db import db, writing
from app.statistics.models import WHOLE_SITE, VisitDay, VisitMark, VisitReferrer, VisitSalt
from app.statistics.visit import Visit, is_robot

MOST_HOSTS = 500  # a day; who invents referrers fills no database
ELSEWHERE = "others"
SALT_BYTES = 32
AT_ONCE = 500  # parameters of a query


def keep(visits: Iterable[Visit]) -> None:
    """Counts them, all or none, and erases what tells the visitors of days that are over."""
    days: dict[date, Counter[Visit]] = defaultdict(Counter)
    for visit, times in Counter(visits).items():
        if not is_robot(visit.agent):
            days[visit.day][visit] = times
    with writing() as session:
        for day, those in sorted(days.items()):
            _count(session, day, those)
        _forget(session, today())


def forget() -> None:
    """Erases what tells the visitors of days that are over."""
    over = select(VisitSalt.day).where(VisitSalt.day < today()).limit(1)
    if db.session.scalar(over) is not None:  # a write that changes nothing would still wake everybody
        with writing() as session:
            _forget(session, today())


def today() -> date:
    return datetime.now(UTC).date()


def _count(session: Session, day: date, visits: Counter[Visit]) -> None:
    """Many of a kind are counted as one kind."""
    salt = _salt_of(session, day)
    views, runs, hosts = Counter[str](), Counter[str](), Counter[str]()
    marks: dict[str, set[bytes]] = defaultdict(set)
    for visit, times in visits.items():
        for page in (visit.page, WHOLE_SITE):
            (runs if visit.started else views)[page] += times
            if not visit.started:
                marks[page].add(visit.mark(salt, page))
        if visit.referrer and not visit.started:
            hosts[visit.referrer] += times
    for page in sorted(views.keys() | runs.keys()):
        row = session.get(VisitDay, (day, page)) or VisitDay(day=day, page=page, views=0, visitors=0, runs=0)
        row.views, row.runs = row.views + views[page], row.runs + runs[page]
        row.visitors += _new_ones(session, day, page, marks[page])
        session.add(row)
    _count_referrers(session, day, hosts)


def _salt_of(session: Session, day: date) -> bytes:
    """The day's own, made by whoever counts first."""
    row = session.get(VisitSalt, day)
    if row is None:
        row = VisitSalt(day=day, salt=secrets.token_bytes(SALT_BYTES))
        session.add(row)
    return row.salt


def _new_ones(session: Session, day: date, page: str, marks: set[bytes]) -> int:
    """How many of the marks had not been made yet; now they are."""
    known: set[bytes] = set()
    told = sorted(marks)
    for start in range(0, len(told), AT_ONCE):
        among = VisitMark.day == day, VisitMark.page == page, VisitMark.visitor.in_(told[start : start + AT_ONCE])
        known |= set(session.scalars(select(VisitMark.visitor).where(*among)))
    if new := [{"day": day, "page": page, "visitor": mark} for mark in told if mark not in known]:
        session.execute(insert(VisitMark), new)
    return len(new)


def _count_referrers(session: Session, day: date, hosts: Counter[str]) -> None:
    room = MOST_HOSTS - (session.scalar(select(func.count()).where(VisitReferrer.day == day)) or 0)
    for host, views in hosts.most_common():
        row = session.get(VisitReferrer, (day, host))
        if row is None and room <= 0:
            host, row = ELSEWHERE, session.get(VisitReferrer, (day, ELSEWHERE))
        if row is None:
            row, room = VisitReferrer(day=day, host=host, views=0), room - 1
            session.add(row)
        row.views += views


def _forget(session: Session, now: date) -> None:
    for table in (VisitMark, VisitSalt):
        session.execute(delete(table).where(table.day < now))
