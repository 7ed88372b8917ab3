"""Numbers in words, as wording.js of this bench words them: shares in percent, odds, factors."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

SPACE = "\N{NO-BREAK SPACE}"
SURE, ALMOST = "certain", 1e-9
MANY = 1e7


def percent(share: float | None) -> str:
    """Two figures, more where it is close to none or to all: 7.8 %, 32.4 %, 0.22 %, 99.78 %."""
    if share is None:
        return "–"
    return f"{plain_percent(share)}{SPACE}%"


def plain_percent(share: float) -> str:
    value = 100 * share
    least = min(value, 100 - value)
    if least < ALMOST:
        return "0" if value < 50 else "100"
    digits = min(max(1, 1 - math.floor(math.log10(least))), 9)
    return _shortened(_fixed(value, digits))


def odds(pro: float, contra: float) -> str:
    """A pair as “1 : 99” or “8.3 : 1”."""
    if not (pro and contra):
        return SURE if pro else "never" if contra else "–"
    ratio = pro / contra
    return f"{figure(ratio)} : 1" if ratio >= 1 else f"1 : {figure(1 / ratio)}"


def factor(value: float | None) -> str:
    return "∞" if value is None else figure(value)


def figure(value: float) -> str:
    """Three figures, whole numbers whole: 8.33, 0.221, 1,234."""
    if not value:
        return "0"
    if not 1e-4 <= abs(value) < MANY:
        exponent = math.floor(math.log10(abs(value)))
        return f"{_fixed(value / 10**exponent, 1)} × 10{_raised(exponent)}".replace("-", "−")
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return _shortened(_fixed(value, digits)).replace("-", "−")


def _fixed(value: float, digits: int) -> str:
    """So many decimals, halves away from zero as browsers have it, thousands apart."""
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"


def _shortened(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _raised(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
