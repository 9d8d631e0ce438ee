"""What went in and what came out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.clients.roundtrip.answers import ABSENT, part_at, replaced, without
from contract_tests.clients.roundtrip.compare import differences, effect

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(JSON)
def test_a_value_does_not_differ_from_itself(value: Any) -> None:
    """However it is nested."""
    assert list(differences(value, value)) == []


@given(st.dictionaries(st.text(max_size=3), JSON, min_size=1), st.data())
def test_a_dropped_field_is_named(value: dict[str, Any], data: st.DataObject) -> None:
    """With its path, and nothing besides."""
    name = data.draw(st.sampled_from(sorted(value)))
    (found,) = differences([value], [without(value, (name,))])
    assert (found.path, found.loss) == ((0, name), "dropped")


@pytest.mark.parametrize(
    ("sent", "back", "loss", "said"),
    [
        ({"a": "x"}, {"a": "y"}, "changed", "another string"),
        ({"a": 1}, {"a": "1"}, "coerced", "integer -> string"),
        ({"a": True}, {"a": 1}, "coerced", "boolean -> integer"),
        ({"a": [1]}, {"a": [1, 2]}, "changed", "another array"),
        ({}, {"a": None}, "changed", "absent -> null"),
        ({"a": {"b": None}}, {"a": {}}, "dropped", "dropped"),
    ],
)
def test_losses_are_told_apart(sent: Any, back: Any, loss: str, said: str) -> None:
    """By kinds, not by values that came by chance."""
    (found,) = differences(sent, back)
    assert (found.loss, found.effect) == (loss, said)


def test_a_probe_is_told_with_its_value() -> None:
    """What it was made is a value too, unless it is a text."""
    assert effect("50", 50) == '"50" -> 50'
    assert effect("false", back=True) == '"false" -> true'
    assert effect(1.9, "1.9") == "1.9 -> string"
    assert effect({"a": 1}, []) == "object -> array"


def test_parts_are_replaced_and_removed_by_path() -> None:
    """In objects and lists, and the given value stays as it is."""
    value = {"a": [{"b": 1}, {"b": 2}]}
    assert replaced(value, ("a", 1, "b"), 3) == {"a": [{"b": 1}, {"b": 3}]}
    assert without(value, ("a", 0)) == {"a": [{"b": 2}]}
    assert without(value, ("a", 0, "b")) == {"a": [{}, {"b": 2}]}
    assert part_at(value, ("a", 1, "b")) == 2
    assert part_at(value, ("a", 2, "b")) is ABSENT
    assert value == {"a": [{"b": 1}, {"b": 2}]}
