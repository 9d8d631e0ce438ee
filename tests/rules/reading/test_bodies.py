"""The JSON of examples: read as it is, mended where it is not, and each value's line known."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.facts import Example
from contract_tests.findings import Source
from contract_tests.rules.reading.bodies import Body, Json, read_body, read_query
from contract_tests.rules.reading.positions import Path, lines_of_values

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)


def body(text: str, line: int = 10) -> Body:
    """The body of a response example that begins on a line."""
    example = Example(
        role="response", source=Source("page.html", line), text=text, body=text, body_line=line
    )
    found = read_body(example)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ('{"a": 1,}', {"a": 1}, "a comma too many"),
        ('{"a": [1, 2,]}', {"a": [1, 2]}, "a comma too many"),
        ('{"a": 1,,"b": 2}', {"a": 1, "b": 2}, "a comma too many"),
        ('{"a": 1\n"b": 2}', {"a": 1, "b": 2}, "a comma is missing"),
        ('{"a": [{"b": 1}\n{"b": 2}]}', {"a": [{"b": 1}, {"b": 2}]}, "a comma is missing"),
        ('{"a": "x\ny"}', {"a": "x\ny"}, "a line break inside of a text"),
        ('{"a": 1}}', {"a": 1}, "text after its end"),
    ],
)
def test_slip_is_named_and_the_rest_is_read(text: str, value: Json, reason: str) -> None:
    """What somebody mistyped is a fault with a reason; the values are there all the same."""
    found = body(text)
    assert found.readable
    assert found.value == value
    assert found.fault is not None
    assert found.fault.reason == reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1, ......}', {"a": 1}),
        ('{"a": 1,\n ...\n}', {"a": 1}),
        ('{"a": [{"b": 1}, …], "c": 2}', {"a": [{"b": 1}], "c": 2}),
        ('{"a": [{"b": 1,\n......', {"a": [{"b": 1}]}),
    ],
)
def test_elision_is_no_fault(text: str, value: Json) -> None:
    """What is left out on purpose is known to be left out, and is no fault."""
    found = body(text)
    assert (found.value, found.elided, found.fault) == (value, True, None)


def test_comment_is_no_fault_and_no_part_of_an_address() -> None:
    """Comments are for people; `//` in a text is none."""
    found = body('{"a": "https://example.com", // the address\n "b": 2}')
    assert (found.value, found.fault) == ({"a": "https://example.com", "b": 2}, None)


def test_hopeless_text_is_a_fault_without_values() -> None:
    """What cannot be mended by a character or two is not guessed."""
    found = body('{"a": ""V1"}')
    assert (found.readable, found.value) == (False, None)
    assert found.fault is not None


@pytest.mark.parametrize("text", ["<disk/>", "a=1&b=2", "", "   "])
def test_other_than_json_is_no_body(text: str) -> None:
    """XML, forms and nothing are not held to be JSON."""
    example = Example(role="request", source=Source("page.html", 1), text=text, body=text)
    assert read_body(example) is None


def test_query_is_an_object_of_texts() -> None:
    """A query string is decoded; a blank or a second question mark in it does not hurt."""
    uri = "https://{endpoint}/v1/disks??kind=a%20b&limit=2& order=asc"
    example = Example(role="request", source=Source("page.html", 7), text="", uri=uri)
    found = read_query(example)
    assert found is not None
    assert found.value == {"kind": "a b", "limit": "2", "order": "asc"}
    assert found.source_of(("limit",)) == Source("page.html", 7)


def test_line_of_a_value_is_the_page_s() -> None:
    """A value's source is the line of the page, also after a slip."""
    found = body('{"a": 1,\n"b": [\n{"c": 2}\n{"c": 3}]}', line=100)
    assert found.source_of(("a",)).line == 100
    assert found.source_of(("b", 0, "c")).line == 102
    assert found.source_of(("never",)).line == 100


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 200 + "1" + "}" * 200, "nested too deep"),
        (f'{{"a": {"9" * 5000}}}', "a number too long"),
    ],
)
def test_hostile_text_is_a_fault(text: str, reason: str) -> None:
    """What would exhaust a reader is named and left alone."""
    found = body(text)
    assert not found.readable
    assert found.fault is not None
    assert found.fault.reason == reason


@given(JSON)
def test_every_value_of_any_json_has_its_line(value: Json) -> None:
    """Whatever JSON is printed with one value a line: each path's line is where json put it."""
    text = json.dumps(value, indent=1)
    lines = lines_of_values(text)
    for path, inner in _walk((), value):
        written = json.dumps(inner) if not isinstance(inner, dict | list) or not inner else None
        assert path in lines
        if written is not None:
            assert written in text.splitlines()[lines[path]]


@given(st.text(alphabet='{}[]",: \n.…/ab1', max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Any text is read, mended or given up; never an exception."""
    example = Example(role="response", source=Source("page.html", 1), text=text, body=text)
    found = read_body(example)
    assert found is None or found.readable or found.value is None


def _walk(path: Path, value: Json) -> list[tuple[Path, Json]]:
    found: list[tuple[Path, Json]] = [(path, value)]
    if isinstance(value, dict):
        found += [p for key, inner in value.items() for p in _walk((*path, key), inner)]
    if isinstance(value, list):
        found += [p for index, inner in enumerate(value) for p in _walk((*path, index), inner)]
    return found
