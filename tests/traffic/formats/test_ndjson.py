"""NDJSON, of ours and of schemathesis: what is wrong with one line costs no other."""

from __future__ import annotations

import json

import pytest

from contract_tests.traffic.reading.records import exchange_of
from tests.traffic.formats.recordings import SCHEMATHESIS_NDJSON
from tests.traffic.samples import (
    START,
    ndjson,
    notebook,
    raw,
    read_all,
)

BROKEN = {
    "no JSON": '{"request": {"method": "GE',
    "no exchange": json.dumps({"hello": "world"}),
    "wrong type": json.dumps({"request": {"method": 7, "url": START}}),
    "binary": "\x00\x01\x02{",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_line_of_ndjson_costs_no_other(kind: str) -> None:
    """One diagnostic with the offset; the lines before and behind it are read."""
    content = ndjson(raw(), BROKEN[kind], raw())
    records, diagnostics = read_all(content)
    assert len(records) == 2
    assert [found.offset for found in diagnostics] == [len(ndjson(raw()))]


@pytest.mark.parametrize(
    "odd",
    [
        '{"request":',
        json.dumps(raw()) + " " + json.dumps(raw()),
        json.dumps(raw()).replace('"request"', '"request"\n', 1),
        json.dumps(raw()).replace("{", "{\n", 2),
        json.dumps(raw()) + "}\n{",
        "\r",
        "[1]",
    ],
)
def test_an_odd_line_is_nothing_to_the_others(odd: str) -> None:
    """One that is odd changes neither the others nor where they stand."""
    content = ndjson(raw(), odd, raw(notebook(name="after")), raw())
    together = read_all(content)
    alone = [read_all(line) for line in content.splitlines(keepends=True)]
    assert len(together[0]) == sum(len(records) for records, _ in alone)
    assert len(together[1]) == sum(len(diagnostics) for _, diagnostics in alone)
    last = len(content) - len(ndjson(raw()))
    assert [record.offset for record in together[0]][-1] == last


def test_the_diagnostic_of_a_record_names_the_field_but_not_its_value() -> None:
    """The text of a record may hold a token."""
    _, diagnostics = read_all(ndjson(raw(), {"request": {"method": {"X": "hunter2"}, "url": "/"}}))
    assert str(diagnostics[0]).startswith("traffic.ndjson@")
    assert "Expected `str`, got `object` - at `$.request.method`" in diagnostics[0].reason
    assert "hunter2" not in str(diagnostics[0])


def test_a_broken_interaction_of_schemathesis_costs_no_other() -> None:
    """Though both stand in one line, which is all one scenario."""
    begin = SCHEMATHESIS_NDJSON.index(b'{"request"')
    good = SCHEMATHESIS_NDJSON[begin : SCHEMATHESIS_NDJSON.index(b"}}}}}", begin) + 1]
    broken = good.replace(b"200", b'"OK"')
    content = SCHEMATHESIS_NDJSON.replace(good, good + b', "b": ' + broken + b', "c": ' + good)
    records, diagnostics = read_all(content, "report.ndjson")
    assert len(records) == 2
    assert [found.reason for found in diagnostics] == [
        "not an interaction of schemathesis (ValueError)"
    ]


TIMELESS = ["now", 1e300, 1763900000000, -1e12, "Mon, 01 Jan 99999999999 00:00:00 GMT"]

BEYOND_JSON = ["NaN", "Infinity", "-Infinity", "1e999"]


@pytest.mark.parametrize("written", [*map(json.dumps, TIMELESS), *BEYOND_JSON])
def test_a_time_that_is_none_is_a_diagnostic_and_the_exchange_counts(written: str) -> None:
    """Milliseconds, a year that no calendar has, what is no number: its time is not known."""
    odd = json.dumps(raw()).replace("1763900000.0", written)
    records, diagnostics = read_all(ndjson(raw(), odd, raw()))
    assert [record.sent_at for record in records] == [1763900000.0, 0.0, 1763900000.0]
    assert [found.reason for found in diagnostics] == ["when it was sent cannot be made out"]


@pytest.mark.parametrize("written", BEYOND_JSON)
def test_what_an_answer_took_is_a_number(written: str) -> None:
    """Reports are JSON, which has no NaN and no infinity."""
    records, _ = read_all(ndjson(json.dumps(raw()).replace("0.25", written)))
    response = exchange_of(records[0])[0].response
    assert response is not None
    assert response.elapsed == 0.0
