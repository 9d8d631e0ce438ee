"""Screens are never surer than CEL: what they pass, CEL holds or does not exercise."""

from __future__ import annotations

import ast
import json
from typing import Any

import cel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.contract import Invariant, build_view, load_contract, parse_document
from contract_tests.contract.invariants import FUNCTIONS, in_context
from contract_tests.traffic.plans import fields_of
from contract_tests.traffic.screens.cel_operations import OPERATIONS
from contract_tests.traffic.screens.expressions import OutsideError
from contract_tests.traffic.screens.making import Watch, make_screen, watched
from contract_tests.traffic.screens.translation import translate
from contract_tests.traffic.typed.models import Model, model_of
from contract_tests.traffic.typed.shapes import shape_of

VIEW = load_contract().view("observed")
RULES = [
    "self.a == 1",
    "self.a != self.b",
    "self.a > 0 && self.b < 5",
    "self.a > 0 || self.b == 'x'".replace("'", '"'),
    'self.a in [1, 2] || self.b in ["x", "y"]',
    "has(self.a) && self.a >= now",
    "!has(self.a) || self.b == self.a",
    "!(self.a == self.b)",
    "self.a + self.b * 2 - 1 <= 7",
    'self.c + "x" == self.d',
    "self.list.all(i, i > 0)",
    "self.list.exists(i, i == self.a)",
    "self.list.all(i, i == self.b)",
    "self.list.all(i, self.list.exists_one(j, j == i))",
    "self.list.exists_one(i, i == 1)",
    "self.list.filter(i, i > 1).all(j, j < 9)",
    "size(self.list) <= self.a",
    "size(self.c) > 1",
    'self.c.startsWith("x") && self.d.endsWith("y")',
    "self.c.contains(self.d)",
    'self.c.matches("^x[0-9]+$")',
    'lowerAscii(self.c) == "x"',
    'self.nested.a == self["nested"].a',
    '{"x": 1, "y": 2}[self.c] == self.a',
    "self.flag",
    "before.a == self.a",
    "before.a == self.a || self.flag",
    "self.a == true",
]
OUTSIDE = [
    "self.a ? true : false",
    "self.a % 2 == 0",
    "self.a / 2 == 1",
    "1 < self.a < 3",
    "self.a == 1.5",
    "self[self.c] == 1",
    'self.c.matches("(?i)x")',
    'self.c.matches("\\\\d")',
    "self.list.map(i, i + 1) == [1]",
    "type(self.a) == int",
    "self.a == b'x'",
    "__import__('os')",
    "self.__class__ == 1",
    "(lambda: 1)() == 1",
    "not self.a",
]
SCALARS = (
    st.integers(-3, 9)
    | st.sampled_from([2**63 - 1, 2**63, -(2**63), 2**70])
    | st.booleans()
    | st.none()
    | st.sampled_from([0.0, 1.0, 1.5])
    | st.sampled_from(["", "x", "xy", "X", "x1", "ß", "x1\n"])
)
OBJECTS = st.fixed_dictionaries(
    {},
    optional={
        "a": SCALARS,
        "b": SCALARS,
        "c": SCALARS,
        "d": SCALARS,
        "flag": SCALARS,
        "list": st.lists(SCALARS | st.fixed_dictionaries({}, optional={"a": SCALARS}), max_size=3),
        "nested": st.fixed_dictionaries({}, optional={"a": SCALARS}) | SCALARS,
    },
)


def invariant(rule: str, when: str = "") -> Invariant:
    """An invariant of a schema, with a premise or none."""
    model = next(each for each in VIEW.all_invariants if not each.of_operation)
    return Invariant(
        id="x",
        rule=rule,
        when=when,
        message="",
        basis="",
        source=model.source,
        location=model.location,
        at="",
        program=cel.compile(rule),
        premise=cel.compile(when) if when else None,
    )


def judged(found: Invariant, value: Any, now: int = 5) -> tuple[bool, bool]:
    """Whether CEL need not be asked, and whether the screen saw it held."""
    part = watched(found, 200)
    if part is None:
        return True, False
    screen, held = make_screen([], Watch([part])), list[str]()
    assert screen is not None
    return screen(now, {}, {"body": value}, held), bool(held)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=60, deadline=None)
@given(OBJECTS, st.sampled_from(["", *RULES[:8], "self.flag"]))
def test_what_a_screen_passes_cel_does_not_break(rule: str, value: Any, when: str) -> None:
    """And what it saw held, CEL says is held; what it saw idle, CEL does not exercise."""
    found = invariant(rule, when)
    sure, held = judged(found, value)
    verdict = found.holds(in_context({"self": value, "now": 5}))
    if sure:
        assert verdict is (True if held else None)


TYPED_RULES = [
    *RULES,
    "self.b - self.a * 2 >= -1",
    "self.a + 9223372036854775807 > 0",
    "self.objects.all(o, o.a > 0)",
    "self.objects.exists_one(o, o.a == self.a)",
    "self.objects.filter(o, has(o.a)).all(o, o.a < 9)",
    "size(self.objects) < 2",
    "has(self.nested.a) && self.nested.a > self.a",
    "!has(self.nested.other)",
    "self.unknown == 1",
    "has(self.unknown) || self.flag",
    'self.c < self.d || lowerAscii(self.c).endsWith("x")',
]
TYPED = """
openapi: 3.1.0
info: {title: x, version: '1'}
paths:
  /x:
    get:
      operationId: X
      responses:
        '200':
          description: x
          content:
            application/json:
              schema:
                type: object
                required: [b]
                properties:
                  a: {type: integer, format: int64}
                  b: {type: integer}
                  c: {type: string}
                  d: {type: [string, "null"]}
                  flag: {type: boolean}
                  list: {type: array, items: {type: integer}}
                  nested:
                    type: [object, "null"]
                    properties: {a: {type: integer, format: int64}}
                  objects: {type: array, items: {type: object, properties: {a: {type: integer}}}}
"""
INTEGERS = st.integers(-3, 9) | st.sampled_from([2**63 - 1, -(2**63), 2**63, 2**70])
TEXTS = st.sampled_from(["", "x", "xy", "X", "x1", "x1\n"])
TYPED_OBJECTS = st.fixed_dictionaries(
    {"b": INTEGERS},
    optional={
        "a": INTEGERS,
        "c": TEXTS,
        "d": TEXTS | st.none(),
        "flag": st.booleans(),
        "list": st.lists(INTEGERS, max_size=3),
        "nested": st.fixed_dictionaries({}, optional={"a": INTEGERS}) | st.none(),
        "objects": st.lists(st.fixed_dictionaries({}, optional={"a": INTEGERS}), max_size=3),
    },
)


@pytest.mark.parametrize("rule", TYPED_RULES)
@settings(max_examples=60, deadline=None)
@given(TYPED_OBJECTS, st.sampled_from(["", *TYPED_RULES]))
def test_of_bodies_that_were_read_into_types_it_is_no_surer(
    rule: str, value: Any, when: str
) -> None:
    """Whatever a type says about a value need not be asked again; the verdict is the same."""
    found = invariant(rule, when)
    try:
        body = MODEL.decode(json.dumps(value))
    except ValueError:  # a number that is too large for its format
        return
    part = watched(found, 200, {"self": MODEL.record, "now": "integer"})
    verdict = found.holds(in_context({"self": value, "now": 5}))
    if part is None:
        assert verdict is None
        return
    screen, held = make_screen([], Watch([part])), list[str]()
    assert screen is not None
    if screen(5, {}, {"body": body}, held):
        assert verdict is (True if held else None)


def typed_model() -> Model:
    """The model of the bodies above."""
    view = build_view("documented", parse_document(TYPED, "typed.yaml"))
    shape = shape_of(view, "X", 200, fields_of((view,)).enumerated)
    assert shape is not None
    return model_of(shape)


MODEL = typed_model()


def test_what_its_type_says_is_not_asked_again() -> None:
    """An integer of 64 bits is one; what may be more, or null, is looked at."""
    roots: Any = {"self": MODEL.record, "now": "integer"}
    assert "type(" not in ast.unparse(translate("self.a < now", roots))
    assert "type(" in ast.unparse(translate("self.b < now", roots))
    assert "type(" in ast.unparse(translate('self.d == "x"', roots))


@pytest.mark.parametrize("rule", RULES)
def test_these_rules_can_be_said_in_python(rule: str) -> None:
    """So the property above speaks of screens, not of rules that are left to CEL."""
    assert translate(rule) is not None


@pytest.mark.parametrize("rule", OUTSIDE)
def test_what_python_says_otherwise_is_left_to_cel(rule: str) -> None:
    """Division, ternaries, other types, other regular expressions; and nothing of Python's own."""
    with pytest.raises(OutsideError):
        translate(rule)


def test_nothing_but_its_operations_can_be_called() -> None:
    """The functions that screens see do not include Python's."""
    assert OPERATIONS["__builtins__"] == {}
    assert not {"open", "eval", "__import__"} & OPERATIONS.keys()


def test_nearly_all_shipped_invariants_have_a_screen() -> None:
    """One that has none sends every exchange to CEL."""
    screened = [watched(each, 200) for each in VIEW.all_invariants]
    outside = [each.invariant.id for each in screened if each is not None and each.rule is None]
    assert outside == []


def test_invariants_that_look_around_are_never_exercised_by_recorded_traffic() -> None:
    """`before` and `after` are not in a recording; a status that the premise excludes neither."""
    named = {each.id: each for each in VIEW.all_invariants}
    assert watched(named["start-keeps-name"], 200) is None
    assert watched(named["start-leads-to-starting"], 404) is None
    assert watched(named["start-leads-to-starting"], 200) is not None
    assert FUNCTIONS.keys() == {"lowerAscii"}


def test_what_a_premise_lacks_is_enough_to_be_sure() -> None:
    """A start that asks for nothing is not sent to CEL, whatever else the rule would say."""
    found = invariant("self.b == 1 || self.c == 2", "self.a > 0 && self.b > 0")
    assert judged(found, {"b": 1}) == (True, False)
    assert judged(found, {"a": 1, "b": 1, "c": 3}) == (True, True)
