"""A mark beside the database: whether what is shown has changed, or may be changing, is a look into shared memory.

To ask the database is ten microseconds alone and a queue among readers, since every question lets other threads in
between. So whoever changes what is shown takes the next ticket once it holds the database's write lock, and says when
its transaction has ended, in whichever way. While the last ticket given is the last that has ended, nobody is between
the two, and nothing has changed for as long as that number stands. A writer that was killed leaves its ticket open:
then readers ask the database, as they would without a mark, until the next change puts it right.
"""

from __future__ import annotations

import mmap
import os
from pathlib import Path
from struct import Struct

NUMBERS = Struct("=QQ")  # the last ticket that was given, and the last that has ended
ONE = Struct("=Q")


class Mark:
    """One file, seen by every process that has it open."""

    def __init__(self, file: Path) -> None:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < NUMBERS.size:
                os.ftruncate(descriptor, NUMBERS.size)
            self.memory = mmap.mmap(descriptor, NUMBERS.size)
        finally:
            os.close(descriptor)

    def standing(self) -> int | None:
        """A number that stands while nothing changes; None while something may."""
        given, ended = NUMBERS.unpack_from(self.memory)
        return int(given) if given == ended else None

    def begin(self) -> int:
        """A ticket. Only for who holds the write lock: two at once would be given the same."""
        ticket: int = NUMBERS.unpack_from(self.memory)[0] + 1
        ONE.pack_into(self.memory, 0, ticket)
        return ticket

    def end(self, ticket: int) -> None:
        """Its transaction is over. A later one's word stands, should it have been quicker to say so."""
        ended: int = NUMBERS.unpack_from(self.memory)[1]
        ONE.pack_into(self.memory, ONE.size, max(ended, ticket))
