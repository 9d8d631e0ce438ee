"""Valid starts: documented answers that satisfy schema, headers and invariants."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from contract_tests.exchange import Expectation
from contract_tests.suite.notebooks import Notebooks
from contract_tests.suite.probes import HOUR, Probe
from contract_tests.suite.recorder import Recorder

TURN = 5
"""Early: where a target allows few starts, these are the most telling ones."""
LONGEST = 72 * HOUR
NO_NOTEBOOK = "no notebook of the target could be had STOPPED"


def valid(reason: str, query: str = "", **changes: object) -> Probe:
    """A start that every source allows."""
    due = Expectation("accepted", "valid", "operation.StartNotebook", reason)
    return Probe("StartNotebook", due, query=query, **changes)  # type: ignore[arg-type]


def documented_starts() -> Iterator[Probe]:
    """The corners of the documented requests, the most telling first."""
    yield valid("duration and type", f"duration={2 * HOUR}&type=timing")
    yield valid("no parameter")
    yield valid("the longest duration and type idle", f"duration={LONGEST}&type=idle")
    yield valid("the shortest duration", f"duration={HOUR}")
    yield valid("a type alone", "type=timing", body=b"{}")
    yield valid("the other type alone", "type=idle")
    yield valid("the longest duration", f"type=timing&duration={LONGEST}")
    yield valid("no User-Agent and no Content-Type", f"duration={5 * HOUR}", plain=True)
    yield valid("an empty JSON body", f"duration={3 * HOUR}&type=idle", body=b"{ }")
    yield valid("a JSON body with a field", f"duration={4 * HOUR}", body=b'{"name": "a name"}')
    yield valid("one millisecond more than an hour", f"duration={HOUR + 1}")


@pytest.mark.parametrize("probe", list(documented_starts()), ids=lambda p: p.expectation.reason)
def test_a_documented_start_is_answered_as_documented(
    recorder: Recorder, notebooks: Notebooks, probe: Probe
) -> None:
    """A valid start is accepted; answer, show and list afterwards satisfy the contract."""
    start_one(notebooks, probe)
    assert recorder.news() == []


def start_one(notebooks: Notebooks, probe: Probe) -> None:
    """Start the next notebook in turn and follow it until it rests; skips where none is free."""
    notebook = notebooks.stopped()
    if notebook is None:
        pytest.skip(notebooks.recorder.unproven("operation.StartNotebook", "a start", NO_NOTEBOOK))
    exchange = notebooks.change(notebook, probe)
    if exchange is None:
        pytest.skip("withheld by the safety rules")
