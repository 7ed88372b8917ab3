from __future__ import annotations

from datetime import date, timedelta
from random import Random

from flask import Flask

from app.db import writing
from app.statistics.models import WHOLE_SITE, VisitDay, VisitReferrer
from app.statistics.summary import Counts, of_last

LAST = date(2026, 3, 1)


def test_a_summary_adds_up_what_was_written(app: Flask) -> None:
    random, days = Random(2), [LAST - timedelta(days=number) for number in range(70)]
    rows = [(day, page, random.randrange(9)) for day in days for page in ("/a", "/b") if random.random() < 0.7]
    with app.app_context():
        with writing() as session:
            for day, page, views in rows:
                session.add(VisitDay(day=day, page=page, views=views, visitors=views // 2, runs=1))
            for day in {day for day, _, _ in rows}:
                views = sum(row[2] for row in rows if row[0] == day)
                session.add(VisitDay(day=day, page=WHOLE_SITE, views=views, visitors=1, runs=0))
                session.add(VisitReferrer(day=day, host="example.org", views=2))
        found = of_last(30, LAST)
    within = [row for row in rows if row[0] > LAST - timedelta(days=30)]
    earlier = [row for row in rows if LAST - timedelta(days=60) < row[0] <= LAST - timedelta(days=30)]
    assert [day for day, _ in found.days] == sorted(days[:30])
    assert found.total.views == sum(views for _, _, views in within)
    assert found.before.views == sum(views for _, _, views in earlier)
    assert dict(found.pages) == {page: expected(within, page) for page in ("/a", "/b")}
    assert found.referrers == [("example.org", 2 * len({day for day, _, _ in within}))]


def expected(rows: list[tuple[date, str, int]], page: str) -> Counts:
    views = [count for _, name, count in rows if name == page]
    return Counts(sum(views), sum(count // 2 for count in views), len(views))


def test_a_site_that_nobody_has_read_yet(app: Flask) -> None:
    with app.app_context():
        found = of_last(7, LAST)
    assert len(found.days) == 7
    assert found.total == found.before == Counts()
    assert not found.pages and not found.referrers
