"""The milliseconds between two columns of time, counted by the database, so that thousands of rows need not be read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import Float


class _Seconds(FunctionElement[float]):
    """From the first to the second, with fractions; never less than none, since a clock can be put back."""

    name, type, inherit_cache = "seconds_between", Float(), True


def milliseconds(start: Any, end: Any, seconds_more: Any = 0.0) -> ColumnElement[int]:
    """Whole ones: their sum does not depend on their order; one of fractions does, and would change by its last bit."""
    return cast(func.round(1000 * (_Seconds(start, end) + seconds_more)), Integer)


@compiles(_Seconds)
def _standard(element: _Seconds, compiler: Any, **how: Any) -> str:
    start, end = (compiler.process(clause, **how) for clause in element.clauses)
    return f"GREATEST(0, EXTRACT(EPOCH FROM {end} - {start}))"


@compiles(_Seconds, "sqlite")
def _sqlite(element: _Seconds, compiler: Any, **how: Any) -> str:
    start, end = (compiler.process(clause, **how) for clause in element.clauses)
    return f"max(0, (julianday({end}) - julianday({start})) * 86400.0)"
