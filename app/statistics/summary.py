"""The counts of a stretch of days, as the author reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from app.db import db
from app.statistics.ledger import today
from app.statistics.models import WHOLE_SITE, VisitDay, VisitReferrer

MOST_REFERRERS = 30


class Counts(NamedTuple):
    """Somebody who comes on two days is two visitors: the second day knows nothing of the first."""

    views: int = 0
    visitors: int = 0
    runs: int = 0

    def __add__(self, other: object) -> Counts:  # as numbers add, not as tuples do
        assert isinstance(other, Counts)
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


class Summary(NamedTuple):
    days: Sequence[tuple[date, Counts]]  # every day up to today, also those without a visit
    pages: Sequence[tuple[str, Counts]]  # path and counts, the most read first
    referrers: Sequence[tuple[str, int]]  # hosts and views, the most first
    before: Counts  # as many days before

    @property
    def total(self) -> Counts:
        return sum((counts for _, counts in self.days), Counts())


def of_last(days: int, until: date | None = None) -> Summary:
    """The last so many days, with the day `until`, today if it is not named."""
    last = until or today()
    first = last - timedelta(days=days - 1)
    found = dict(_by_day(first, last))
    every = [first + timedelta(days=number) for number in range(days)]
    before = sum((counts for _, counts in _by_day(first - timedelta(days=days), first - timedelta(days=1))), Counts())
    return Summary(
        [(day, found.get(day, Counts())) for day in every], _pages(first, last), _referrers(first, last), before
    )


def _by_day(first: date, last: date) -> list[tuple[date, Counts]]:
    rows = db.session.scalars(select(VisitDay).where(VisitDay.page == WHOLE_SITE, VisitDay.day.between(first, last)))
    return [(row.day, Counts(row.views, row.visitors, row.runs)) for row in rows]


def _pages(first: date, last: date) -> list[tuple[str, Counts]]:
    views, visitors, runs = (func.sum(column) for column in (VisitDay.views, VisitDay.visitors, VisitDay.runs))
    wanted = select(VisitDay.page, views, visitors, runs).where(VisitDay.page != WHOLE_SITE)
    rows = db.session.execute(wanted.where(VisitDay.day.between(first, last)).group_by(VisitDay.page))
    found = [(page, Counts(*counts)) for page, *counts in rows]
    return sorted(found, key=lambda row: (-row[1].views, row[0]))


def _referrers(first: date, last: date) -> list[tuple[str, int]]:
    views = func.sum(VisitReferrer.views)
    wanted = select(VisitReferrer.host, views).where(VisitReferrer.day.between(first, last))
    most = wanted.group_by(VisitReferrer.host).order_by(views.desc(), VisitReferrer.host).limit(MOST_REFERRERS)
    return [(host, total) for host, total in db.session.execute(most)]
