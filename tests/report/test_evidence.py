"""An exchange as lines, those marked that a finding is about."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.exchange import Failure
from contract_tests.findings import Finding
from contract_tests.report.evidence import (
    Line,
    broken_into_lines,
    request_lines,
    response_lines,
)
from tests.report.sample_findings import exchange, finding, notebook

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


def about(where: str, *offending: str) -> Finding:
    """A finding at a place."""
    return finding("any-check", where, offending, "")


def marked(lines: list[Line]) -> list[str]:
    """The text of the marked lines."""
    return [line.text.strip() for line in lines if line.marked]


@given(values)
def test_breaking_into_lines_changes_no_token(value: Any) -> None:
    """Put together again it is the same JSON."""
    text = "\n".join(broken_into_lines(json.dumps(value)))
    assert json.loads(text) == value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_breaking_anything_into_lines_loses_nothing(text: str) -> None:
    """Broken JSON too: everything but white space is there, in its order."""
    shown = "".join(broken_into_lines(text))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


def test_lines_are_indented_as_people_expect() -> None:
    """Members on lines of their own, empty containers on one, doubled keys both there."""
    text = '{"a":{},"b":[1,{"c":[]}],"b":1E2}'
    assert broken_into_lines(text) == [
        "{",
        '  "a": {},',
        '  "b": [',
        "    1,",
        "    {",
        '      "c": []',
        "    }",
        "  ],",
        '  "b": 1E2',
        "}",
    ]


def test_deep_nesting_is_harmless() -> None:
    """A body of nothing but brackets costs no recursion and no endless indentation."""
    lines = response_lines(exchange(b"[" * 5000), about("NotebookResp.id"))
    assert lines[-1].text == "… 4,976 lines"
    assert max(len(line.text) for line in lines) < 100


def test_the_offending_member_is_marked() -> None:
    """Of two with the same name the one with the offending value."""
    answer = exchange(notebook(type="x", image={"type": "y"}))
    assert marked(response_lines(answer, about("Lease.type", "TIMING"))) == ['"type": "TIMING",']


def test_without_its_value_every_member_of_that_name_is_marked() -> None:
    """Where values are kinds (`string`), the name has to do."""
    answer = exchange({"capacity": "50", "volume": {"capacity": "60"}})
    assert marked(response_lines(answer, about("VolumeRes.capacity", "string"))) == [
        '"capacity": "50",',
        '"capacity": "60"',
    ]


@pytest.mark.parametrize(
    ("where", "sent", "came"),
    [
        ("query.duration", "POST", None),
        ("path.id", "POST", None),
        ("status.400", None, "200 after 12 ms"),
        ("header.X-Request-Id", None, "X-Request-Id: 8d1c3f"),
        ("operation", None, "200 after 12 ms"),
    ],
)
def test_what_is_not_in_the_body_is_marked_too(
    where: str, sent: str | None, came: str | None
) -> None:
    """The address, the status or the header."""
    answer = exchange(notebook(), query="?duration=1")
    asked = marked(request_lines(answer, about(where)))
    assert [line.partition(" ")[0] for line in asked] == ([sent] if sent else [])
    assert marked(response_lines(answer, about(where))) == ([came] if came else [])


def test_a_field_of_the_request_is_marked_in_the_request() -> None:
    """And not in the answer, where the same name may come back."""
    answer = exchange({"duration": 1}, sent=b'{"duration": "x"}')
    assert marked(request_lines(answer, about("body.duration"))) == ['"duration": "x"']
    assert marked(response_lines(answer, about("body.duration"))) == []


def test_only_the_lines_around_the_marked_one_are_shown() -> None:
    """What is left out is counted."""
    answer = exchange({**{f"field_{n}": n for n in range(1000)}, "name": "x"})
    lines = response_lines(answer, about("NotebookResp.field_500"))
    assert len(lines) < 20
    assert [line.text for line in lines if line.gap] == ["… 498 lines"] * 2


def test_a_huge_body_is_cut() -> None:
    """Ten million characters on one line become one short line."""
    lines = response_lines(exchange(b"x" * 10_000_000), about("NotebookResp"))
    assert sum(len(line.text) for line in lines) < 1000
    assert lines[-1].text == "… 9,940,000 more bytes"


def test_how_the_transport_failed() -> None:
    """In the place of an answer."""
    lost = replace(exchange(b""), response=None, failure=Failure("reset", "by peer\x07"))
    assert response_lines(lost, about("operation")) == [Line("reset: by peer␇", marked=True)]
    silent = replace(lost, failure=None)
    assert response_lines(silent, about("operation")) == [Line("no answer", marked=True)]
