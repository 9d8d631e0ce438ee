"""Screens: invariants in Python, for the many exchanges that plainly keep them.

CEL takes longer to be told an exchange than to judge it. A screen is an invariant's expressions
as Python functions, made for the part of CEL in which both languages mean the same. Whatever is
outside of that part, and whatever has an unexpected type, a screen leaves to CEL; so it never
finds an invariant broken, it only tells where CEL need not be asked.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from contract_tests.contract import Invariant
from contract_tests.traffic.translation import (
    OPERATIONS,
    VARIABLES,
    OutsideError,
    absent_variables,
    is_about_status,
    is_plain,
    translate,
)

Function = Callable[[Any, Any, Any, Any], Any]
"""Of the variables that recorded traffic has: self, now, request, response."""


class Verdict(Enum):
    """What a screen says of an exchange, or of an object in it."""

    HELD = "CEL would say that it holds"
    IDLE = "CEL would not exercise it: its premise is false, or something is absent"
    UNSURE = "CEL has to be asked"


@dataclass(frozen=True, slots=True)
class Screen:
    """One invariant as Python."""

    invariant: Invariant
    rule: Function
    premise: Function | None
    absence_idles_rule: bool
    """Whether something absent makes the whole rule an error: not where `||` may outvote it."""
    absence_idles_premise: bool

    def judge(self, self_: Any, now: int, request: Any, response: Any) -> Verdict:
        """What is plain without CEL; `self_` is None for an invariant of the operation."""
        premise = self.premise
        if premise is not None:
            try:
                if premise(self_, now, request, response) is not True:
                    return Verdict.IDLE
            except KeyError:
                return Verdict.IDLE if self.absence_idles_premise else Verdict.UNSURE
            except (TypeError, OverflowError):
                return Verdict.UNSURE
        try:
            holds = self.rule(self_, now, request, response)
        except KeyError:
            return Verdict.IDLE if self.absence_idles_rule else Verdict.UNSURE
        except (TypeError, OverflowError):
            return Verdict.UNSURE
        return Verdict.HELD if holds is True else Verdict.UNSURE


def screen_of(invariant: Invariant, status: int) -> Screen | None:
    """The screen of an invariant for answers of one status.

    Returns:
        None where recorded answers of that status can never exercise the invariant; a screen
        that is always unsure where Python cannot say it.
    """
    try:
        parts = _conjuncts(invariant.when)
        if any(_never_true(part, status) for part in parts):
            return None
        rule = translate(invariant.rule)
    except OutsideError:
        return Screen(invariant, _unsure, None, False, False)  # noqa: FBT003
    if is_plain(rule) and absent_variables(rule):
        return None
    left = [part for part in parts if not is_about_status(part)]
    return Screen(
        invariant=invariant,
        rule=_function(rule),
        premise=_function(_all_of(left)) if left else None,
        absence_idles_rule=is_plain(rule),
        absence_idles_premise=all(map(is_plain, left)),
    )


def _conjuncts(premise: str) -> list[ast.expr]:
    """The parts of a premise that all have to be true."""
    if not premise:
        return []
    whole = translate(premise)
    if isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.And):
        return whole.values
    return [whole]


def _never_true(part: ast.expr, status: int) -> bool:
    """Whether a part of a premise is not true of any recorded answer of that status."""
    if is_about_status(part):
        return _function(part)(None, 0, None, {"status": status}) is not True
    return is_plain(part) and absent_variables(part)


def _all_of(parts: list[ast.expr]) -> ast.expr:
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), parts)


def _function(expression: ast.expr) -> Function:
    arguments = ast.arguments([], [ast.arg(name) for name in VARIABLES], None, [], [], None, [])
    tree = ast.Expression(ast.Lambda(arguments, expression))
    code = compile(ast.fix_missing_locations(tree), "<screen>", "eval")
    made: Function = eval(code, dict(OPERATIONS))  # noqa: S307 (only what `translate` lets through)
    return made


def _unsure(*_: Any) -> Any:
    return None
