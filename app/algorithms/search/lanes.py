"""Many small numbers side by side in one large integer, so that one addition, shift or AND works on all of them.

Python's large integers are added, shifted and combined in C, a few thousand bytes in a microsecond. A row of a map, or
a whole map, packed into one integer with a fixed number of bytes a cell (its lane) is therefore worked on at once, as
long as no lane overflows into its neighbour. The first number lies in the lowest lane.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence

CODES = "BHIQ"  # the unsigned integers of `array`, by size


def code_for(largest: int) -> str:
    """The array type with the narrowest lanes that hold numbers up to `largest`."""
    return next(code for code in CODES if largest < 1 << 8 * array(code).itemsize)


def pack(numbers: Sequence[int], code: str) -> int:
    return int.from_bytes(_little(array(code, numbers)).tobytes(), "little")


def unpack(lanes: int, count: int, code: str) -> array[int]:
    """All `count` numbers. Raises OverflowError if there are more."""
    return _little(array(code, lanes.to_bytes(array(code).itemsize * count, "little")))


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
