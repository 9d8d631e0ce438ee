"""YAML that every reader takes for the same data."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import given

from contract_tests.contract import as_yaml, parse_document
from tests.contract.test_documents import json_values


@given(json_values)
def test_what_is_written_is_read_back(value: Any) -> None:
    """By this package, and by a reader of YAML 1.1, which takes `no` and `1:30` for no text."""
    text = as_yaml(value)
    assert parse_document(text, "a.yaml").data == value
    assert yaml.safe_load(text) == value


def test_words_that_readers_disagree_on_are_quoted() -> None:
    """Whichever version of YAML a reader follows."""
    words = ["no", "OFF", "1e3", "012", "1:30", "2027-05-31", "~", "true", "", ".inf", "="]
    assert parse_document(as_yaml(words), "a.yaml").data == words
    assert yaml.safe_load(as_yaml(words)) == words


def test_line_breaks_that_few_readers_know_are_escaped() -> None:
    """YAML 1.1 would fold them into a blank."""
    odd = {"\x85": "a\u2028b\u2029c\ufeff"}
    assert parse_document(as_yaml(odd), "a.yaml").data == odd
    assert yaml.safe_load(as_yaml(odd)) == odd


def test_a_part_that_stands_twice_is_written_twice() -> None:
    """Readers of OpenAPI know no aliases."""
    part = {"a": [1]}
    assert "&" not in as_yaml([part, part])
