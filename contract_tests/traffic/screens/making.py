"""Screens: invariants in Python, for the many exchanges that plainly keep them.

CEL takes longer to be told an exchange than to judge it. A screen is a function that judges all
invariants of an answer at once, those of the objects inside of it too, made of their expressions
for the part of CEL in which both languages mean the same. Whatever is outside of that part, and
whatever has an unexpected type, it leaves to CEL; so it never finds an invariant broken, it only
tells where CEL need not be asked.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from textwrap import indent
from typing import Any

from contract_tests.contract import Invariant, Operation, View
from contract_tests.contract.invariants import in_context
from contract_tests.traffic.screens.cel_operations import OPERATIONS
from contract_tests.traffic.screens.expressions import OutsideError, as_truth
from contract_tests.traffic.screens.traits import (
    absent_variables,
    is_about_status,
    is_plain,
    presence,
    surely,
)
from contract_tests.traffic.screens.translation import NOTHING, translate
from contract_tests.traffic.typed.known import Known, ListOf, Record
from contract_tests.traffic.typed.shapes import Shape

Screen = Callable[[int, Any, Any, list[str]], bool]
"""Takes now, request, response, and the list that it adds the ids of those invariants to that
hold. True where CEL need not be asked."""

_SCREEN = "def screen(now, request, response, held, self=None):\n    body = response['body']\n"
_OBJECT = "def object_{number}(self, now, held, request=None, response=None):\n"
_INNER = """\
found = {look}
if {is_object}:
    if not object_{number}(found, now, held):
        return False
elif {is_other}:
    return False
"""
_LISTED = """\
found = {look}
if type(found) is list:
    for found in found:
        if {is_object}:
            if not object_{number}(found, now, held):
                return False
        elif {is_other}:
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
_IS_OTHER = "found is not None and found is not _UNSET"


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
        parts = (self.rule, *self.premise)
        absence_idles = all(map(is_plain, parts))
        # What a part of the premise lacks is enough for it never to be true; to look for that is
        # quicker than to catch a KeyError.
        sure = parts if absence_idles else tuple(filter(is_plain, self.premise))
        needed = "".join(f"{condition} and " for condition in presence(sure))
        rule, *premise = (surely(part) if part in sure else part for part in parts)
        return _RULE.format(
            present=needed,
            premise=" and ".join(f"({ast.unparse(as_truth(part))})" for part in premise) or "True",
            rule=ast.unparse(rule),
            id=self.invariant.id,
            absent="pass" if absence_idles else "return False",
        )


def watched(
    invariant: Invariant, status: int, roots: Mapping[str, Known] = NOTHING
) -> Watched | None:
    """What a screen for answers of one status needs of an invariant.

    Args:
        invariant: of an operation or of an object.
        status: of the answer.
        roots: what is known of variables.

    Returns:
        None where recorded answers of that status can never exercise the invariant.
    """
    try:
        if _is_never_due(invariant.when, status):
            return None
        parts = _conjuncts(invariant.when, roots)
        rule = translate(invariant.rule, roots)
    except OutsideError:
        return Watched(invariant, None, ())
    if is_plain(rule) and absent_variables(rule):
        return None
    return Watched(invariant, rule, tuple(part for part in parts if not is_about_status(part)))


@dataclass(frozen=True, slots=True)
class Inside:
    """An object inside of another, or objects in a list of it."""

    look: str
    """The expression for what holds it, None or UNSET where nothing does."""
    watch: Watch
    is_list: bool = False

    def source(self, number: int) -> str:
        """The lines that judge it; what is no object is left to CEL."""
        return (_LISTED if self.is_list else _INNER).format(
            look=self.look,
            is_object=self.watch.is_object,
            is_other=self.watch.is_other,
            number=number,
        )


@dataclass(slots=True, eq=False)
class Watch:
    """The invariants of an object schema, and of those inside of it."""

    rules: list[Watched] = field(default_factory=list)
    inner: list[Inside] = field(default_factory=list)
    is_object: str = "type(found) is dict"
    """The condition for what holds one, or one of a list, to be one."""
    is_other: str = _IS_OTHER
    """The condition for it, where it is none, to be something that a rule may be asked of."""


def screen_of(
    view: View, operation: Operation, status: int, shape: Shape, record: Record | None = None
) -> Screen | None:
    """The screen of an operation's answers with a status; None where nothing is asked of them.

    Args:
        view: whose invariants are asked.
        operation: that was asked.
        status: that it answered.
        shape: of the body.
        record: what the body was read into; a dictionary where None.
    """
    own = (i for i in view.invariants(operation.id) if i.of_operation)
    known: Mapping[str, Known] = (
        {"now": "integer", "body": record} if record else {"now": "integer"}
    )
    watch = _watch(view, status, shape, record)
    return make_screen(_watched(own, status, known), watch)


def make_screen(own: Iterable[Watched], body: Watch | None) -> Screen | None:
    """One screen for the invariants of an operation, and those of the objects of its answer."""
    numbers: dict[Watch, int] = {}
    objects = _objects(body, numbers) if body else ""
    rules = "".join(each.source() for each in own)
    if not rules and not objects:
        return None
    end = "return object_0(body, now, held)\n" if body else "return True\n"
    names = {**OPERATIONS, "_ABSENT": KeyError, "_ODD": (TypeError, OverflowError)}
    source = objects + _SCREEN + indent(rules + end, "    ")
    exec(compile(source, "<screen>", "exec"), names)  # noqa: S102 (only what `translate` lets through)
    made: Screen = names["screen"]
    return made


def _objects(watch: Watch, numbers: dict[Watch, int]) -> str:
    """The functions that judge an object and those inside of it."""
    number = numbers[watch] = len(numbers)
    others = "".join(_objects(inside.watch, numbers) for inside in watch.inner)
    rules = "".join(each.source() for each in watch.rules)
    inner = "".join(inside.source(numbers[inside.watch]) for inside in watch.inner)
    body = indent(rules + inner + "return True\n", "    ")
    return others + _OBJECT.format(number=number) + body


def _watch(view: View, status: int, shape: Shape, record: Record | None) -> Watch | None:
    """What to watch in an object; None where neither it nor anything in it has an invariant."""
    mine = [i for i in view.all_invariants if i.location == shape.location]
    known: Mapping[str, Known] = (
        {"now": "integer", "self": record} if record else {"now": "integer"}
    )
    inner = [
        Inside(_look(field_.name, record), inside, field_.is_list)
        for field_ in shape.fields
        if field_.inner is not None
        and (inside := _watch(view, status, field_.inner, _inside(field_.name, record)))
    ]
    rules = _watched(mine, status, known)
    is_object = "isinstance(found, _Struct)" if record else "type(found) is dict"
    is_other = "found is not _UNSET" if any(map(_speaks_of_null, mine)) else _IS_OTHER
    return Watch(rules, inner, is_object, is_other) if rules or inner else None


def _speaks_of_null(invariant: Invariant) -> bool:
    """Whether it has anything to say of null, at some time or other."""
    contexts = [in_context({"self": None, "now": now}) for now in (0, 1 << 62)]
    return any(invariant.holds(context) is not None for context in contexts)


def _look(name: str, record: Record | None) -> str:
    return f"self.{record.members[name].attribute}" if record else f"self.get({name!r})"


def _inside(name: str, record: Record | None) -> Record | None:
    known = record.members[name].known if record else None
    found = known.item if isinstance(known, ListOf) else known
    return found if isinstance(found, Record) else None


def _watched(
    invariants: Iterable[Invariant], status: int, roots: Mapping[str, Known]
) -> list[Watched]:
    """Those that recorded answers can exercise."""
    found = (watched(invariant, status, roots) for invariant in invariants)
    return [each for each in found if each is not None]


@lru_cache(maxsize=10_000)
def _is_never_due(premise: str, status: int) -> bool:
    """Whether a premise is not true of any recorded answer of that status."""
    return any(_never_true(part, status) for part in _conjuncts(premise, NOTHING))


def _conjuncts(premise: str, roots: Mapping[str, Known]) -> list[ast.expr]:
    """The parts of a premise that all have to be true."""
    if not premise:
        return []
    whole = translate(premise, roots)
    if isinstance(whole, ast.BoolOp) and isinstance(whole.op, ast.And):
        return whole.values
    return [whole]


def _never_true(part: ast.expr, status: int) -> bool:
    """Whether a part of a premise is not true of any recorded answer of that status."""
    if is_about_status(part):
        code = compile(ast.unparse(part), "<premise>", "eval")
        return eval(code, {**OPERATIONS, "response": {"status": status}}) is not True  # noqa: S307 (as above)
    return is_plain(part) and absent_variables(part)
