"""HAR: what is wrong with one entry costs no other."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.traffic.reading.records import exchange_of
from tests.traffic.samples import (
    har,
    har_entry,
    raw,
    read_all,
)

HAR_BROKEN = {
    "cut off": json.dumps(har_entry(raw()))[:300],
    "cut off in a text": json.dumps(har_entry(raw()))[:180],
    "no entry": '{"time": 1}',
    "status is a word": json.dumps(har_entry(raw())).replace('"status": 200', '"status": "OK"'),
    "no JSON": "what is this",
    "bare word": '{"request": {"method": GET}}',
    "status is beyond measure": json.dumps(har_entry(raw())).replace("200", "1e999"),
    "more digits than fit": json.dumps(har_entry(raw())).replace("250", "9" * 5000),
    "nested beyond measure": f'{{"request": {"[" * 100_000}{"]" * 100_000}}}',
}


@pytest.mark.parametrize("kind", HAR_BROKEN)
def test_a_broken_entry_of_a_har_costs_no_other(kind: str) -> None:
    """One diagnostic or more; the entries before and behind it are read."""
    good = har_entry(raw())
    records, diagnostics = read_all(har(good, HAR_BROKEN[kind], good, good), "a.har")
    assert len(records) == 3
    assert diagnostics


def test_a_har_that_breaks_off_is_read_up_to_there() -> None:
    """As a browser leaves it that was killed."""
    whole = har(har_entry(raw()), har_entry(raw()))
    records, diagnostics = read_all(whole[: whole.rindex(b'"response"')], "a.har")
    assert len(records) == 1
    assert diagnostics


@pytest.mark.parametrize("status", [0, -1, None])
def test_an_entry_without_an_answer_is_a_request_alone(status: int | None) -> None:
    """As browsers write what was blocked or aborted; some have -1 where others have 0."""
    entry = har_entry(raw())
    entry["response"]["status"] = status
    records, diagnostics = read_all(har(entry | {"time": -1}, har_entry(raw())), "a.har")
    assert not diagnostics
    assert [record.raw.response is None for record in records] == [True, False]


@settings(deadline=None)
@given(st.integers(0, 1500), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_har_raises_or_invents(at: int, junk: bytes) -> None:
    """Damage costs records or bodies; it never makes more records than there were entries."""
    whole = har(*(har_entry(raw()) for _ in range(3)))
    records, _ = read_all(whole[:at] + junk + whole[at + len(junk) :], "a.har")
    assert len(records) <= 3
    for record in records:
        exchange_of(record)


@pytest.mark.parametrize("behind", [b"{}", b"x", b"}"])
def test_what_stands_behind_a_har_is_a_diagnostic(behind: bytes) -> None:
    """It may be traffic; the entries before it are read."""
    content = har(har_entry(raw()))
    records, diagnostics = read_all(content + behind, "a.har")
    assert len(records) == 1
    (found,) = diagnostics
    assert found.offset >= len(content)
    assert found.reason.startswith("not the document it should be")


def test_the_end_of_a_har_may_be_missing() -> None:
    """All its entries are there, and it says that something is not."""
    content = har(har_entry(raw()))
    records, diagnostics = read_all(content[:-1], "a.har")
    assert len(records) == 1
    assert [found.reason for found in diagnostics] == [
        "the document does not end as it should: it ends here"
    ]
