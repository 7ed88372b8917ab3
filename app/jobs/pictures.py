"""Which job holds which file of the store. A file without a row is nobody's and is erased."""

from __future__ import annotations

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db, writing
from app.errors import NotFound
from app.jobs.engine import engine

ERASED = "This picture has been erased."


class JobPicture(Base):
    """A file that a job holds, and what for. A state is for runs alone and is shown to nobody."""

    __tablename__ = "job_pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(index=True)
    role: Mapped[str]  # input, preview, result or state

    def __init__(self, job_id: str, key: str, role: str) -> None:
        super().__init__(job_id=job_id, key=key, role=role)


def shown(key: str) -> tuple[str, bytes]:
    """The key and the bytes of a file that some job still shows. Raises NotFound with a sentence.

    The key that is read is the row's, not the one that was asked for.
    """
    rows = select(JobPicture.key).where(JobPicture.key == key, JobPicture.role != "state")
    held = db.session.scalar(rows.limit(1))
    if not held:
        raise NotFound(ERASED)
    try:
        return held, engine().store.read(held)
    except FileNotFoundError:  # erased between the two
        raise NotFound(ERASED) from None


def drop(keys: set[str]) -> None:
    """Delete the files that no row holds any more; asked under the write lock, where nobody can add such a row."""
    if not keys:
        return
    with writing():
        still = set(db.session.scalars(select(JobPicture.key).where(JobPicture.key.in_(keys))))
        for key in keys - still:
            engine().store.delete(key)
