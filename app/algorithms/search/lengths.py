"""Lengths a + b√2 as integers whose order is exactly that of the lengths.

A straight move costs q and a diagonal one p, where p/q is a convergent of √2: 3/2, 7/5, 17/12, 41/29 … A convergent is
nearer to √2 than any fraction with a smaller denominator, in this sense: |a + b√2| ≥ |p − q√2| whenever 0 < |b| < q.
So aq + bp has the sign of a + b√2 for every |b| < q. For aq + bp = q(a + b√2) − b(q√2 − p), and with the other sign
q|a + b√2| would be at most |b|·|q√2 − p|, less than q·|q√2 − p|; and zero it is only if q divides b. Two lengths whose
numbers of diagonals differ by less than q are therefore compared without any error, and equal only if they are equal.
(Hardy and Wright, An Introduction to the Theory of Numbers, chapter X.)

With 10000 and 14142 instead, 169 diagonal moves would seem shorter than 239 straight ones, and they are longer.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import gcd, sqrt

ROOT = sqrt(2)
FINE = 80_000  # what is shown of small maps is then right to 10⁻⁸, and costs still fit one digit of Python's integers


@dataclass(frozen=True, slots=True)
class Scale:
    """What a straight and a diagonal move cost."""

    straight: int
    diagonal: int

    def length(self, value: int) -> float:
        """The length a + b√2 whose integer is `value`, for 0 ≤ b < q."""
        a, b = self.parts(value)
        return a + b * ROOT

    def parts(self, value: int) -> tuple[int, int]:
        """(a, b) of the length whose integer is `value`, for 0 ≤ b < q."""
        if self.straight == 1:
            return value, 0
        b = value * pow(self.diagonal, -1, self.straight) % self.straight
        return (value - b * self.diagonal) // self.straight, b

    @property
    def line(self) -> int:
        """Twice the square of what a line of length one costs, at most what any move of its length costs."""
        return min(2 * self.straight**2, self.diagonal**2)


UNIT = Scale(1, 2)  # where nobody moves diagonally, cells are counted


@lru_cache(maxsize=64)
def scale(diagonals: int) -> Scale:
    """The smallest convergent that orders all lengths of up to `diagonals` diagonal moves."""
    p, q = 3, 2
    while q <= max(diagonals, FINE):
        p, q = p + 2 * q, p + q
    assert gcd(p, q) == 1
    return Scale(q, p)
