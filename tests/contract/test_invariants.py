"""Invariants: when they hold, when they do not, and when nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.contract import View
from contract_tests.errors import InputError
from tests.contract.sample_contract import SPEC, line_of, sample_view

VIEW = sample_view()
UUID = "f9937afa-4451-42db-a76b-72d624749f66"


def held(body: Any, operation: str = "ShowThing", view: View = VIEW, **more: Any) -> dict[str, Any]:
    """What became of each invariant, by id and path."""
    variables = {
        "request": {"path": {"id": UUID}, "query": {}, "headers": {}},
        "response": {"status": 200, "headers": {}, "body": body},
        **more,
    }
    outcomes = view.evaluate(operation, variables)
    return {f"{o.invariant.id} {o.instance_path}": o.held for o in outcomes}


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ({"made": 1, "changed": 2}, True),
        ({"made": 2, "changed": 1}, False),
        ({"made": 2}, None),
        ({}, None),
        ({"made": "2", "changed": 1}, None),
        ({"made": 1, "changed": None}, None),
        ({"made": 1.5, "changed": 2}, True),
        ([], None),
    ],
)
def test_what_is_absent_or_of_another_type_is_not_exercised(
    body: Any, *, outcome: bool | None
) -> None:
    """Neither passed nor failed: the schema says what types are wrong."""
    assert held(body)["thing-changed-after-made $"] is outcome


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ({"state": "ON", "parts": [{"kind": "DOOR"}]}, True),
        ({"state": "ON", "parts": []}, False),
        ({"state": "OFF", "parts": []}, None),
        ({"parts": []}, None),
    ],
)
def test_a_premise_that_is_false_or_absent_leaves_the_rule_unasked(
    body: Any, *, outcome: bool | None
) -> None:
    """`when` is what makes a rule's success more than vacuous."""
    assert held(body)["working-thing-has-parts $"] is outcome


def test_a_value_that_breaks_its_schema_breaks_no_invariant_besides() -> None:
    """One fault, one finding."""
    outcomes = held({"id": "no-uuid"}, "StartThing")
    assert outcomes["start-answers-what-was-asked $"] is None
    other = held({"id": UUID.replace("f", "e")}, "StartThing")
    assert other["start-answers-what-was-asked $"] is False


def test_a_value_that_breaks_its_schema_may_keep_an_invariant() -> None:
    """A value that is known, and not yet in the schema, leaves the rule proven."""
    body = {"id": "no-uuid"}
    variables = {"request": {"path": body}, "response": {"status": 200, "body": body}}
    outcomes = {o.invariant.id: o.held for o in VIEW.evaluate("StartThing", variables)}
    assert outcomes["start-answers-what-was-asked"] is True


def test_a_schema_s_invariant_is_asked_of_each_object() -> None:
    """Each with its own path; of an object that never came, once and in vain."""
    body = {"things": [{"made": 1, "changed": 2}, {"made": 2, "changed": 1}]}
    outcomes = held(body, "ListThings")
    assert outcomes["thing-changed-after-made $.things[0]"] is True
    assert outcomes["thing-changed-after-made $.things[1]"] is False
    assert held({"things": []}, "ListThings")["thing-changed-after-made $"] is None


def test_variables_that_the_run_did_not_look_up_are_not_missed() -> None:
    """Without neighbours the rule about neighbours is not exercised."""
    key = "start-leaves-neighbours $"
    assert held({}, "StartThing")[key] is None
    one, other = [{"id": 1}], [{"id": 2}]
    assert held({}, "StartThing", neighbours_before=one, neighbours_after=one)[key] is True
    assert held({}, "StartThing", neighbours_before=one, neighbours_after=other)[key] is False


def test_an_outcome_names_the_place() -> None:
    """`at` names a field of the schema, or a whole place for an operation."""
    response = {"status": 200, "body": {"made": 2, "changed": 1, "id": UUID}}
    request = {"path": {"id": "x"}}
    outcomes = VIEW.evaluate("StartThing", {"request": request, "response": response})
    failed = {str(outcome.place) for outcome in outcomes if outcome.held is False}
    assert failed == {"StartThing:Thing.changed", "StartThing:Thing.id"}


def test_an_operation_has_the_invariants_of_its_answers() -> None:
    """Its own, and those of every schema that an answer may come to."""
    assert {i.id for i in VIEW.invariants("StartThing")} == {
        "start-answers-what-was-asked",
        "start-leaves-neighbours",
        "thing-changed-after-made",
        "working-thing-has-parts",
    }
    assert len(VIEW.invariants("ListThings")) == 2


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["made", "changed", "state", "parts", "id"]), json_values))
def test_no_answer_breaks_the_evaluation(body: Any) -> None:
    """Whatever types come, each invariant has an outcome."""
    outcomes = held(body, "StartThing")
    assert len(outcomes) == 4
    assert set(outcomes.values()) <= {True, False, None}


RULE = "rule: self.changed >= self.made"


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        (RULE, "rule: self.changed >=", RULE, "no CEL: "),
        (RULE, "rule: slef.changed > 1", RULE, "no variable 'slef'"),
        (RULE, "rule: near(self.changed)", RULE, "no function 'near'"),
        (RULE, "rule: 5", "- id: thing-changed", "an invariant is an object of texts"),
        (RULE, f"{RULE}\n          wehn: self", RULE, "an invariant has no 'wehn'"),
        ("          message: changed before", "          massage: x", "- id: thing-ch", "without"),
        ("id: working-thing-has-parts", "id: thing-changed-after-made", "- id: work", "already at"),
    ],
)
def test_what_is_wrong_with_an_invariant_is_named_with_its_line(
    before: str, after: str, line: str, words: str
) -> None:
    """When the view is made, not when an exchange comes."""
    text = SPEC.replace(before, after) if "massage" not in after else _without_message()
    with pytest.raises(InputError, match=words) as raised:
        sample_view(text)
    assert raised.value.file == "spec.yaml"
    assert abs((raised.value.line or 0) - line_of(SPEC, line)) <= 1


def _without_message() -> str:
    return SPEC.replace("          message: changed before it was made\n", "")


def test_a_list_is_what_invariants_stand_in() -> None:
    """An object would be read as none."""
    text = SPEC.replace(
        "      x-invariants:\n        - id: thing-ch", "      x-invariants:\n          id: thing-ch"
    )
    with pytest.raises(InputError):
        sample_view(text)


def test_names_bound_inside_a_rule_are_no_variables() -> None:
    """`all(b, …)` and its like bring their own."""
    rule = "rule: self.parts.map(p, p.kind).filter(k, k == 'DOOR').exists_one(x, x != '')"
    assert sample_view(SPEC.replace(RULE, rule)).all_invariants


def test_case_can_be_left_out_of_account() -> None:
    """`lowerAscii`, as CEL's string extension calls it."""
    view = sample_view(SPEC.replace(RULE, "rule: lowerAscii(self.name) == self.name"))
    assert held({"name": "a"}, view=view)["thing-changed-after-made $"] is True
