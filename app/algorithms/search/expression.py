"""Formulas for estimates, as a reader types them: "max(dx, dy) + 0.4 * min(dx, dy)"."""

import ast
import math
from collections.abc import Callable

from .errors import BadWord
from .lengths import ROOT

Formula = Callable[[int, int], float]  # (dx, dy), columns and rows to the goal, to an estimate

NAMES: dict[str, Formula] = {
    "dx": lambda dx, dy: dx,
    "dy": lambda dx, dy: dy,
    "manhattan": lambda dx, dy: dx + dy,
    "octile": lambda dx, dy: max(dx, dy) + (ROOT - 1) * min(dx, dy),
    "euclidean": math.hypot,
    "chebyshev": max,
}
CALLS: dict[str, Callable[..., float]] = {"max": max, "min": min, "abs": abs, "sqrt": math.sqrt}
SIGNS: dict[type, Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
}
LONGEST = 120


def formula(text: str) -> Formula:
    """Raises SyntaxError where the text is no formula of these names, and BadWord where it names something else."""
    if len(text) > LONGEST:
        raise SyntaxError
    return _read(ast.parse(text.strip(), mode="eval").body)


def _read(node: ast.expr) -> Formula:
    match node:
        case ast.Constant(value=int() | float() as number):
            return lambda dx, dy: float(number)
        case ast.Name(id=name):
            if name not in NAMES:
                raise BadWord("name in a formula", name, [*NAMES, *CALLS])
            return NAMES[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            value = _read(inner)
            return lambda dx, dy: -value(dx, dy)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in SIGNS:
            sign, one, other = SIGNS[type(op)], _read(left), _read(right)
            return lambda dx, dy: sign(one(dx, dy), other(dx, dy))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in CALLS:
            call, values = CALLS[name], [_read(argument) for argument in arguments]
            return lambda dx, dy: call(*(value(dx, dy) for value in values))
    raise SyntaxError
