"""Enumerations of answers are opened, those of requests stay closed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.clients._opening import Openness, open_answers
from contract_tests.contract import load_contract

BOTH = pytest.mark.parametrize("openness", ["named", "plain"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


def opened(schema: dict[str, Any], openness: Openness) -> Any:
    """A schema of an answer, opened."""
    document = {"components": {"schemas": {"Thing": {"properties": {"kind": schema}}}}}
    return open_answers(document, openness)["components"]["schemas"]["Thing"]["properties"]["kind"]


def test_named_keeps_the_known_values_and_takes_any_other() -> None:
    """As a choice of both, whose first part is named after its field."""
    schema = {"type": "string", "enum": ["EFS"], "description": "Kind."}
    assert opened(schema, "named") == {
        "description": "Kind.",
        "anyOf": [{"title": "kind", "type": "string", "enum": ["EFS"]}, {"type": "string"}],
    }


def test_plain_keeps_the_type_alone() -> None:
    """For generators that would make a closed class."""
    assert opened({"type": "integer", "enum": [1, 2]}, "plain") == {"type": "integer"}
    assert opened({"const": "A"}, "plain") == {"type": "string"}


def test_defaults_of_answers_go() -> None:
    """A client must not invent what was not answered."""
    assert opened({"type": "string", "default": "0"}, "named") == {"type": "string"}


def test_items_of_lists_are_plain_everywhere() -> None:
    """A client that takes items one by one would make letters of a text."""
    schema = {"type": "array", "items": {"type": "string", "enum": ["A"]}}
    assert opened(schema, "named")["items"] == {"type": "string"}


@BOTH
def test_formats_of_texts_go_and_those_of_numbers_stay(openness: Openness) -> None:
    """A UUID is a text to a client; the width of an integer chooses its type."""
    assert opened({"type": "string", "format": "uuid"}, openness) == {"type": "string"}
    number = {"type": "integer", "format": "int64"}
    assert opened(number, openness) == number


@BOTH
def test_what_is_sent_stays_as_it_is(openness: Openness) -> None:
    """A wrong request is better stopped by the client's types."""
    document = load_contract().view("client").document
    for path, item in open_answers(document, openness)["paths"].items():
        for method in item.keys() - {"parameters"}:
            sent = document["paths"][path][method].get("parameters")
            assert item[method].get("parameters") == sent


@BOTH
def test_the_given_document_stays_as_it_is(openness: Openness) -> None:
    """Views are shared."""
    document = load_contract().view("client").document
    before = deepcopy(document)
    open_answers(document, openness)
    assert document == before


def test_a_field_called_like_a_keyword_is_a_field() -> None:
    """Nothing of `enum` or `format` is taken for a keyword where fields are named."""
    document = {"properties": {"enum": {"type": "string"}, "format": {"type": "integer"}}}
    assert open_answers(document, "plain") == document


@BOTH
@given(values=st.lists(JSON, min_size=1, max_size=4), other=st.text(max_size=5))
def test_whatever_was_accepted_still_is(openness: Openness, values: list[Any], other: str) -> None:
    """And so is any other text where a text was."""
    schema = opened({"enum": values}, openness)
    validator = jsonschema_rs.Draft202012Validator(schema)
    assert all(validator.is_valid(value) for value in values)
    if any(isinstance(value, str) for value in values):
        assert validator.is_valid(other)
