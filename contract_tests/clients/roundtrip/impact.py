"""SDK impact per discrepancy: which SDK breaks on what the ledger of the spec knows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from contract_tests.checks import run_checks
from contract_tests.clients.roundtrip.answers import ABSENT, Answer, part_at
from contract_tests.clients.roundtrip.trips import Trip
from contract_tests.contract import LedgerEntry, Operation, View
from contract_tests.exchange import Exchange, Request, Response

State = Literal["breaks", "holds", "not exercised"]

_JSON = (("Content-Type", "application/json"),)


@dataclass(frozen=True, slots=True)
class Impact:
    """What one entry of the ledger does to an SDK; `how` names its exceptions and losses."""

    entry: str
    where: str
    what: str
    state: State
    how: tuple[str, ...] = ()
    answers: int = 0
    """How many answers showed the discrepancy."""


def impacts(
    ledger: Iterable[LedgerEntry], documented: View, trips: Iterable[Trip]
) -> tuple[Impact, ...]:
    """Of each entry: whether the SDK broke on the answers that show what it knows.

    An answer shows an entry if the entry covers a finding that the checks make of it in the
    documented view, or if it has the status, or lacks the
    field, that the entry is about.
    """
    entries = tuple(ledger)
    seen: dict[str, list[Trip]] = defaultdict(list)
    for trip in trips:
        for entry in _shown(entries, documented, trip.answer):
            seen[entry.id].append(trip)
    return tuple(_impact(entry, seen[entry.id]) for entry in entries)


def _impact(entry: LedgerEntry, trips: list[Trip]) -> Impact:
    how = tuple(sorted({text for trip in trips for text in _broken(entry, trip)}))
    if _is_of_status(entry) and any(trip.is_whole for trip in trips):
        how = ()  # what other answers of that status lost is not the status's fault
    state: State = "breaks" if how else "holds" if trips else "not exercised"
    return Impact(entry.id, entry.where, entry.what, state, how, len(trips))


def _shown(entries: tuple[LedgerEntry, ...], view: View, answer: Answer) -> list[LedgerEntry]:
    findings = list(run_checks(view, _exchange(view.operation(answer.operation), answer)))
    return [
        entry
        for entry in entries
        if _has_status(entry, answer.status)
        or _lacks_field(entry, answer)
        or any(entry.covers(finding) for finding in findings)
    ]


def _has_status(entry: LedgerEntry, status: int) -> bool:
    return _is_of_status(entry) and str(status) in entry.observed


def _is_of_status(entry: LedgerEntry) -> bool:
    return entry.where.rpartition(":")[2].partition(".")[0] == "status"


def _lacks_field(entry: LedgerEntry, answer: Answer) -> bool:
    """Whether the field that the answer is made for is absent, and the entry is about that."""
    field = answer.about
    if field is None or entry.documented or field.place.field not in entry.observed:
        return False
    owner = replace(field.place, field="")
    return entry.is_at(owner) and part_at(answer.value, field.path) is ABSENT


def _exchange(operation: Operation, answer: Answer) -> Exchange:
    path = operation.path
    for parameter in operation.parameters:
        path = path.replace(f"{{{parameter.name}}}", "1")
    body = json.dumps(answer.value).encode()
    request = Request(operation.method, f"http://sdk.test{path}")
    return Exchange(request, Response(answer.status, _JSON, body), operation=operation.id)


def _broken(entry: LedgerEntry, trip: Trip) -> list[str]:
    if trip.raised:
        return [f"raises {trip.raised.error}"]
    lost = []
    for difference in trip.differences:
        field = trip.sample.field(difference.path)
        if _is_of_status(entry) or (field is not None and entry.is_at(field.place)):
            lost.append(difference.effect)
    return lost
