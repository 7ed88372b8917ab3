"""Random numbers that a browser draws alike: mulberry32, thirty-two bits of state and the same numbers in JavaScript.

Source: Tommy Ettinger (2017), public domain. Good enough to miss a day by; not for secrets.
"""

from __future__ import annotations

from collections.abc import Callable

MASK = 0xFFFFFFFF


def mulberry32(seed: int) -> Callable[[], float]:
    """A function that gives the next number, from 0 to below 1; equal seeds give equal rows."""
    state = seed & MASK

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & MASK
        t = (state ^ (state >> 15)) * (state | 1) & MASK
        t ^= (t + ((t ^ (t >> 7)) * (t | 61) & MASK)) & MASK
        return (t ^ (t >> 14)) / 2**32

    return draw
