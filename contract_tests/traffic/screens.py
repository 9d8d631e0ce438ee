"""Screens: invariants in Python, for the many exchanges that plainly keep them.

CEL takes longer to be told an exchange than to judge it. A screen is a function that judges all
invariants of an answer at once, those of the objects inside of it too, made of their expressions
for the part of CEL in which both languages mean the same. Whatever is outside of that part, and
whatever has an unexpected type, it leaves to CEL; so it never finds an invariant broken, it only
tells where CEL need not be asked.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from textwrap import indent
from typing import Any

from contract_tests.contract import Invariant, Operation, View
from contract_tests.traffic.cel_operations import OPERATIONS
from contract_tests.traffic.shapes import Shape
from contract_tests.traffic.traits import (
    absent_variables,
    is_about_status,
    is_plain,
    needed_fields,
)
from contract_tests.traffic.translation import OutsideError, as_truth, translate

Screen = Callable[[int, Any, Any, list[str]], bool]
"""Takes now, request, response, and the list that it adds the ids of those invariants to that
hold. True where CEL need not be asked."""

_SCREEN = "def screen(now, request, response, held, self=None):\n"
_OBJECT = "def object_{number}(self, now, held, request=None, response=None):\n"
_INNER = """\
found = self.get({name!r})
if type(found) is dict:
    if not object_{number}(found, now, held):
        return False
elif type(found) is list:
    for each in found:
        if type(each) is dict and not object_{number}(each, now, held):
            return False
"""
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
            premise=" and ".join(f"({ast.unparse(as_truth(part))})" for part in self.premise)
            or "True",
            rule=ast.unparse(self.rule),
            id=self.invariant.id,
            absent="pass" if absence_idles else "return False",
        )

    def _present(self) -> str:
        """A quick look for what it needs: to catch a KeyError takes longer."""
        parts = (self.rule, *self.premise)
        needed = {each for part in parts if part is not None for each in needed_fields(part)}
        return "".join(f"{name!r} in {owner} and " for owner, name in sorted(needed))


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


@dataclass(slots=True, eq=False)
class Watch:
    """The invariants of an object schema, and of those inside of it."""

    rules: list[Watched] = field(default_factory=list)
    inner: list[tuple[str, Watch]] = field(default_factory=list)


def screen_of(view: View, operation: Operation, status: int, shape: Shape | None) -> Screen | None:
    """The screen of an operation's answers with a status; None where nothing is asked of them."""
    own = (i for i in view.invariants(operation.id) if i.of_operation)
    watch = _watch(view, status, shape, {}) if shape else None
    return make_screen(_watched(own, status), watch)


def make_screen(own: Iterable[Watched], body: Watch | None) -> Screen | None:
    """One screen for the invariants of an operation, and those of the objects of its answer."""
    numbers: dict[Watch, int] = {}
    objects = _objects(body, numbers) if body else ""
    rules = "".join(each.source() for each in own)
    if not rules and not objects:
        return None
    end = "return object_0(response['body'], now, held)\n" if body else "return True\n"
    names = {**OPERATIONS, "_ABSENT": KeyError, "_ODD": (TypeError, OverflowError)}
    source = objects + _SCREEN + indent(rules + end, "    ")
    exec(compile(source, "<screen>", "exec"), names)  # noqa: S102 (only what `translate` lets through)
    made: Screen = names["screen"]
    return made


def _objects(watch: Watch, numbers: dict[Watch, int]) -> str:
    """The functions that judge an object and those inside of it; each schema has one."""
    number = numbers[watch] = len(numbers)
    others = "".join(_objects(inner, numbers) for _, inner in watch.inner if inner not in numbers)
    rules = "".join(each.source() for each in watch.rules)
    inner = "".join(_INNER.format(name=name, number=numbers[w]) for name, w in watch.inner)
    body = indent(rules + inner + "return True\n", "    ")
    return others + _OBJECT.format(number=number) + body


def _watch(view: View, status: int, shape: Shape, made: dict[int, Watch | None]) -> Watch | None:
    """What to watch in an object; None where neither it nor anything in it has an invariant."""
    if id(shape) in made:
        return made[id(shape)]
    watch = made[id(shape)] = Watch()
    mine = (i for i in view.all_invariants if i.location == shape.location)
    watch.rules += _watched(mine, status)
    for field_ in shape.fields:
        inside = _watch(view, status, field_.inner, made) if field_.inner else None
        if inside is not None:
            watch.inner.append((field_.name, inside))
    if not watch.rules and not watch.inner:
        made[id(shape)] = None
        return None
    return watch


def _watched(invariants: Iterable[Invariant], status: int) -> list[Watched]:
    """Those that recorded answers can exercise."""
    found = (watched(invariant, status) for invariant in invariants)
    return [each for each in found if each is not None]


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
