"""Screens: invariants in Python, for the many exchanges that plainly keep them.

CEL takes longer to be told an exchange than to judge it. A screen is a function that judges many
invariants at once, made of their expressions for the part of CEL in which both languages mean
the same. Whatever is outside of that part, and whatever has an unexpected type, it leaves to CEL;
so it never finds an invariant broken, it only tells where CEL need not be asked.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from textwrap import indent
from typing import Any

from contract_tests.contract import Invariant
from contract_tests.traffic.translation import (
    OPERATIONS,
    OutsideError,
    absent_variables,
    as_truth,
    is_about_status,
    is_plain,
    needed_fields,
    translate,
)

Screen = Callable[[Any, int, Any, Any, list[str]], bool]
"""Takes self, now, request, response, and the list that it adds the ids of those invariants to
that hold. True where CEL need not be asked."""

_HEAD = "def screen(self, now, request, response, held):\n"
_RULE = """\
try:
    if {present}{premise}:
        if ({rule}) is not True:
            return False
        held.append({id!r})
except _ABSENT:
    {absent}
except _ODD:
    return False
"""
_UNSURE = "return False\n"


@dataclass(frozen=True, slots=True)
class Watched:
    """An invariant that recorded answers of one status may exercise."""

    invariant: Invariant
    rule: ast.expr | None
    """None where Python cannot say it."""
    premise: tuple[ast.expr, ...]
    """What of it depends on more than the status; all of it has to be true."""

    def source(self) -> str:
        """The lines of a screen that judge it."""
        if self.rule is None:
            return _UNSURE
        absence_idles = is_plain(self.rule) and all(map(is_plain, self.premise))
        return _RULE.format(
            present=self._present() if absence_idles else "",
            premise=" and ".join(ast.unparse(as_truth(part)) for part in self.premise) or "True",
            rule=ast.unparse(self.rule),
            id=self.invariant.id,
            absent="pass" if absence_idles else "return False",
        )

    def _present(self) -> str:
        """A quick look for the fields that it needs: to catch a KeyError takes longer."""
        parts = (self.rule, *self.premise)
        names = {name for part in parts if part is not None for name in needed_fields(part)}
        return "".join(f"{name!r} in self and " for name in sorted(names))


def watched(invariant: Invariant, status: int) -> Watched | None:
    """What a screen for answers of one status needs of an invariant.

    Returns:
        None where recorded answers of that status can never exercise the invariant.
    """
    try:
        parts = _conjuncts(invariant.when)
        if any(_never_true(part, status) for part in parts):
            return None
        rule = translate(invariant.rule)
    except OutsideError:
        return Watched(invariant, None, ())
    if is_plain(rule) and absent_variables(rule):
        return None
    return Watched(invariant, rule, tuple(part for part in parts if not is_about_status(part)))


def make_screen(found: Iterable[Watched]) -> Screen | None:
    """One screen for all of them; None for none."""
    rules = [each.source() for each in found]
    if not rules:
        return None
    names = {**OPERATIONS, "_ABSENT": KeyError, "_ODD": (TypeError, OverflowError)}
    source = _HEAD + indent("".join(rules) + "return True\n", "    ")
    exec(compile(source, "<screen>", "exec"), names)  # noqa: S102 (only what `translate` lets through)
    made: Screen = names["screen"]
    return made


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
        code = compile(ast.unparse(part), "<premise>", "eval")
        return eval(code, {**OPERATIONS, "response": {"status": status}}) is not True  # noqa: S307 (as above)
    return is_plain(part) and absent_variables(part)
