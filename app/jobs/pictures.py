"""Which job holds which file of the store. A file without a row is nobody's and is erased."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, db, writing
from app.errors import NotFound
from app.jobs.engine import engine

AT_ONCE = 500  # parameters of a query
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
    found = db.session.scalar(rows.limit(1))
    if not found:
        raise NotFound(ERASED)
    try:
        return found, engine().store.read(found)
    except FileNotFoundError:  # erased between the two
        raise NotFound(ERASED) from None


def drop(keys: set[str]) -> dict[str, int]:
    """Delete the files that no row holds any more; asked under the write lock, where nobody can add such a row.

    Gives what was deleted, with its bytes.
    """
    gone: dict[str, int] = {}
    for some in batched(sorted(keys)):
        with writing():
            for key in sorted(set(some) - held(some)):
                gone[key] = engine().store.delete(key)
    return gone


def held(keys: Iterable[str]) -> set[str]:
    """Those that a row holds."""
    return set(db.session.scalars(select(JobPicture.key).where(JobPicture.key.in_(keys))))


def batched(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at once as a query takes."""
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
