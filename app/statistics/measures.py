"""What the statistics tell to whoever watches the site: totals, of days that nobody is left of."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from app.db import db
from app.metrics import Family, Sample
from app.statistics.models import WHOLE_SITE, VisitDay


def measures() -> Iterator[Family]:
    views, visitors = (func.coalesce(func.sum(column), 0) for column in (VisitDay.views, VisitDay.visitors))
    row = db.session.execute(select(views, visitors).where(VisitDay.page == WHOLE_SITE)).one()
    yield Family("playpress_views_total", "counter", "Views of posts and pages by readers.", [Sample(row[0])])
    about = "Readers, each once a day, as far as their browsers ask for nothing else."
    yield Family("playpress_visitors_total", "counter", about, [Sample(row[1])])
