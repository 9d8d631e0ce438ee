"""From findings to verdicts: merge what is the same, hold it against the ledger, name who errs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase

from contract_tests.contract import LedgerEntry
from contract_tests.findings import Finding
from contract_tests.rules import all_rules
from contract_tests.threeway import DRIFT_IDS
from contract_tests.verdicts import Blame, LedgerState, Nature, Verdict

ANSWER_WEIGHT = 10
"""A simple request shows more than a short answer: how many bytes of an answer weigh one of it."""

Sightings = Mapping[str, "Sighting"]
"""By fingerprint."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A finding, with its smallest exchange, and how often it was seen."""

    finding: Finding
    count: int = 1


def sight(findings: Iterable[Finding]) -> dict[str, Sighting]:
    """Merge findings by fingerprint."""
    seen: dict[str, Sighting] = {}
    for finding in findings:
        seen[finding.fingerprint] = _joined(seen.get(finding.fingerprint), finding)
    return seen


def merge(one: Sightings, other: Sightings) -> dict[str, Sighting]:
    """Join the sightings of two disjoint parts of a run; order does not matter."""
    merged = dict(one)
    for key, sighting in other.items():
        mine = merged.get(key)
        merged[key] = (
            sighting
            if mine is None
            else Sighting(_smaller(mine.finding, sighting.finding), mine.count + sighting.count)
        )
    return merged


def triage(
    sightings: Sightings,
    ledger: Iterable[LedgerEntry],
    *,
    natures: Mapping[str, Nature] | None = None,
    blames: Mapping[str, Blame] | None = None,
) -> tuple[Verdict, ...]:
    """Judge every sighting; new ones of one kind at one place become one verdict.

    Args:
        sightings: the merged findings.
        ledger: the entries that make a finding known; empty in the strict view.
        natures: by fingerprint, what a repetition showed; *violation* where it is silent.
        blames: by fingerprint, who stands alone according to page, spec and service.
    """
    entries = tuple(ledger)
    verdicts = [
        _judge(key, s, entries, natures or {}, blames or {}) for key, s in sightings.items()
    ]
    known = [v for v in verdicts if v.state == "known"]
    return (*_grouped(v for v in verdicts if v.state == "new"), *known)


def covering(finding: Finding, ledger: Iterable[LedgerEntry]) -> LedgerEntry | None:
    """The ledger entry that knows this finding, by place and by every one of its values."""
    return next((entry for entry in ledger if entry.covers(finding)), None)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a run put to the test: places of the service, and the page where there was one."""

    exercised: Mapping[str, int] = field(default_factory=dict)
    """By the name of a place (`VolumeRes.category`), how often."""
    asked_of_page: frozenset[str] = frozenset()
    """The ids of the rules that ran; they reach every place of the page."""

    def reaches(self, entry: LedgerEntry) -> bool:
        """Whether something that could have found the entry had the chance to."""
        if any(entry.names(id_) for id_ in self.asked_of_page):
            return True
        of_page = {*DRIFT_IDS, *(rule.id for rule in all_rules())}
        of_service = [p for p in entry.matches if not any(fnmatchcase(id_, p) for id_ in of_page)]
        return bool(of_service) and _place(entry) in self.exercised

    def answered(self, entry: LedgerEntry) -> int:
        """How often the status came that the entry is about; 0 where it is about none."""
        place = _place(entry)
        return self.exercised.get(place, 0) if place.startswith("status.") else 0


def ledger_states(
    ledger: Iterable[LedgerEntry], verdicts: Iterable[Verdict], reach: Reach, today: date
) -> tuple[LedgerState, ...]:
    """What the run says of each entry: seen, not seen, or not exercised.

    An entry about a status is seen as soon as that status is answered: the contract may list it.
    """
    by_entry: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.ledger_id is not None:
            by_entry[verdict.ledger_id].append(verdict)
    return tuple(_ledger_state(e, by_entry[e.id], reach, today) for e in ledger)


def _ledger_state(
    entry: LedgerEntry, seen: list[Verdict], reach: Reach, today: date
) -> LedgerState:
    answered = reach.answered(entry)
    count = answered or sum(v.count for v in seen)
    values = {value for v in seen for value in v.finding.values}
    values |= {_place(entry).partition(".")[2]} if answered else set()
    return LedgerState(
        id=entry.id,
        where=entry.where,
        what=entry.what,
        wrong=entry.wrong,
        state="seen" if count else "not-seen" if reach.reaches(entry) else "not-exercised",
        review=entry.review,
        count=count,
        values=tuple(sorted(values)),
        evidence=tuple(f"{e.sure}: {e.source}" for e in entry.evidence),
        due=entry.review <= today,
    )


def _place(entry: LedgerEntry) -> str:
    """Its place, whatever the operation."""
    return entry.where.rpartition(":")[2]


def _judge(
    key: str,
    sighting: Sighting,
    entries: tuple[LedgerEntry, ...],
    natures: Mapping[str, Nature],
    blames: Mapping[str, Blame],
) -> Verdict:
    entry = covering(sighting.finding, entries)
    return Verdict(
        finding=sighting.finding,
        state="known" if entry else "new",
        blame=entry.wrong if entry else blames.get(key, _presumed(sighting.finding)),
        count=sighting.count,
        nature=natures.get(key, "violation"),
        ledger_id=entry.id if entry else None,
        exchange=sighting.finding.exchange,
    )


def _presumed(finding: Finding) -> Blame:
    """Where no three-way judgement is at hand: the party whose fault was looked for."""
    return "service" if finding.exchange is not None else "docs"


def _grouped(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    groups: dict[tuple[object, ...], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        finding = verdict.finding
        key = (finding.id, finding.place, finding.source if finding.exchange is None else None)
        groups[key].append(verdict)
    return tuple(_as_one(group) for group in groups.values())


def _as_one(group: list[Verdict]) -> Verdict:
    """One verdict for one kind of fault at one place, naming all the values that showed it."""
    if len(group) == 1:
        return group[0]
    ordered = sorted(group, key=lambda v: (-v.count, v.finding.values))
    values = tuple(dict.fromkeys(value for v in ordered for value in v.finding.values))
    natures = {v.nature for v in group}
    first = ordered[0]
    others = ", ".join(values[:10])
    finding = replace(
        first.finding, values=values, message=f"{first.finding.message} (in all: {others})"
    )
    nature: Nature = "violation" if "violation" in natures else first.nature
    return replace(first, finding=finding, count=sum(v.count for v in group), nature=nature)


def _joined(before: Sighting | None, finding: Finding) -> Sighting:
    if before is None:
        return Sighting(finding)
    return Sighting(_smaller(before.finding, finding), before.count + 1)


def _smaller(one: Finding, other: Finding) -> Finding:
    return min(one, other, key=lambda f: (_size(f), f.message))


def _size(finding: Finding) -> int:
    exchange = finding.exchange
    if exchange is None:
        return 0
    request, response = exchange.request, exchange.response
    heads = sum(len(name) + len(value) for name, value in request.headers)
    answer = len(response.body) if response else 0
    return len(request.url) + heads + len(request.body) + answer // ANSWER_WEIGHT
