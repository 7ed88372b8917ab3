"""A day, as conditions on time are asked with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.demos.kinds import Refused, Text


@dataclass(frozen=True)
class Moment(Text):
    """A date, “2026-12-24”."""

    longest: int = 10

    def parse(self, text: str) -> str:
        try:
            return date.fromisoformat(text.strip()).isoformat()
        except ValueError:
            raise Refused(f"{self.label} must be a date such as 2026-12-24, not “{text[:40]}”.") from None

    def schema(self) -> dict[str, Any]:
        return super().schema() | {"format": "date"}
