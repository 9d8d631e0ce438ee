"""The three-way matrix: one row for each fact, with what page, spec and service say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from contract_tests.contract import Invariant
from contract_tests.findings import Finding, Place
from contract_tests.threeway.aspects import PRESENCE, aspect_of
from contract_tests.threeway.blame import REQUEST_SIDE, Parties, blame
from contract_tests.threeway.said import Aspect, Said
from contract_tests.verdicts import Agreement, Blame, FactState

MOST_SEEN = 50
MOST_NAMED = 8
ALONE: Mapping[Blame, Agreement] = {
    "docs": "docs-alone",
    "spec": "spec-alone",
    "service": "service-alone",
    "undetermined": "nobody-agrees",
}
WORST: tuple[Blame, ...] = ("service", "spec", "docs", "undetermined")
TOLD_BY_ANSWERS = frozenset({"type", "enum", "limit", "mandatory", "status"})
"""The aspects that an answer can confirm or contradict."""
TOLD_BY_REFUSALS = frozenset({"type", "enum"})
"""The aspects of a parameter that the run asks about, with right and with wrong values."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One aspect of what is said at one place, with the findings that speak of it."""

    place: Place
    aspect: Aspect
    page: Said | None
    spec: Said | None
    findings: tuple[Finding, ...]
    parties: Parties

    @property
    def says(self) -> str | None:
        """What the page says."""
        return None if self.page is None else self.page.aspects.get(self.aspect)

    @property
    def writes(self) -> str | None:
        """What the spec says, with the overlay."""
        return None if self.spec is None else self.spec.aspects.get(self.aspect)

    @property
    def count(self) -> int:
        """How often the run put this aspect to the test."""
        if self.aspect == "request":
            return self.parties.answered.get("status.200", 0)
        is_asked = self.place.structure in REQUEST_SIDE
        told = TOLD_BY_REFUSALS if is_asked else TOLD_BY_ANSWERS
        return self.parties.answered.get(self.place.name, 0) if self.aspect in told else 0

    @property
    def seen(self) -> dict[str, int]:
        """The answered values and how often each came, the most frequent first."""
        counts = self.parties.seen.get(self.place.name, {})
        return dict(sorted(counts.items(), key=lambda item: -item[1])[:MOST_SEEN])


def matrix(operation: str, parties: Parties, findings: Iterable[Finding]) -> tuple[FactState, ...]:
    """Every fact of an operation, in the order of the places' names.

    Args:
        operation: an operationId.
        parties: what page, spec and service say.
        findings: of the run; rows name those that speak of their fact.
    """
    at: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if aspect_of(finding) is not None:
            at[finding.place.name].append(finding)
    names = sorted(parties.page.keys() | parties.observed.keys())
    facts = (f for name in names for f in _facts(operation, name, parties, at.get(name, [])))
    unheard = (finding for name in at.keys() - set(names) for finding in at[name])
    return (*map(_row, facts), *_unheard_of(sorted(unheard, key=lambda f: f.place)))


def _facts(
    operation: str, name: str, parties: Parties, findings: Iterable[Finding]
) -> Iterator[Fact]:
    page, spec = parties.page.get(name), parties.observed.get(name)
    structure, _, field = name.partition(".")
    stated = [aspect for said in (page, spec) if said for aspect in said.aspects]
    for aspect in (a for a in get_args(Aspect) if a in stated):
        about = tuple(f for f in findings if aspect_of(f) in (aspect, PRESENCE))
        yield Fact(Place(operation, structure, field), aspect, page, spec, about, parties)


def _row(fact: Fact) -> FactState:
    agreement = _agreement(fact)
    return FactState(
        place=fact.place,
        aspect=fact.aspect,
        agreement=agreement,
        page=fact.says,
        spec=fact.writes,
        service=_answered(fact) if fact.count else None,
        seen=fact.seen if fact.aspect == "enum" else {},
        page_source=fact.page.source if fact.page else None,
        spec_source=fact.spec.source if fact.spec else None,
        fingerprints=tuple(sorted({f.fingerprint for f in fact.findings})),
    )


def _agreement(fact: Fact) -> Agreement:
    if not fact.count:
        return "agree-unexercised" if fact.says == fact.writes else "differ-unexercised"
    if fact.findings:
        blames = {blame(finding, fact.parties) for finding in fact.findings}
        return ALONE[min(blames, key=WORST.index)]
    if fact.says == fact.writes:
        return "agree"
    return _where_the_overlay_differs(fact)


def _where_the_overlay_differs(fact: Fact) -> Agreement:
    """Page and spec as written agree, or there were a finding; answers may tell of the overlay."""
    if fact.page is None:
        return "docs-alone"
    page, spec = (
        said is not None and all(map(said.accepts_text, fact.seen))
        for said in (fact.page, fact.spec)
    )
    if page == spec:
        return "differ-unexercised" if page else "nobody-agrees"
    return "spec-alone" if page else "docs-alone"


def _answered(fact: Fact) -> str:
    """What the service answered, or that it was asked, in a few words."""
    times = f"{fact.count} times"
    if fact.place.structure in REQUEST_SIDE:
        return f"asked {times}"
    numbers = [int(text) for text in fact.seen if text.removeprefix("-").isdecimal()]
    if fact.aspect == "enum" and fact.seen:
        return ", ".join(f"{value} {n} times" for value, n in list(fact.seen.items())[:MOST_NAMED])
    if fact.aspect == "limit" and numbers:
        return f"{min(numbers)} to {max(numbers)}"
    kinds = fact.parties.kinds.get(fact.place.name, {})
    if fact.aspect == "type" and kinds:
        return ", ".join(f"{kind} {n} times" for kind, n in kinds.items())
    return f"answered {times}"


def _unheard_of(findings: Iterable[Finding]) -> Iterator[FactState]:
    """What the service answers, and neither page nor spec has a place for."""
    for finding in findings:
        yield FactState(
            place=finding.place,
            aspect=PRESENCE,
            agreement="service-alone",
            page=None,
            spec=None,
            service=", ".join(finding.values),
            fingerprints=(finding.fingerprint,),
        )


def invariant_rows(
    operation: str,
    invariants: Iterable[Invariant],
    exercised: Mapping[str, int],
    findings: Iterable[Finding],
    parties: Parties,
) -> Iterator[FactState]:
    """A row for each invariant: what it rests on, what it asks for, whether the service kept it."""
    broken = {finding.id: finding for finding in findings}
    for invariant in invariants:
        asked, failed = exercised.get(invariant.id, 0), broken.get(invariant.id)
        agreement: Agreement = "agree" if asked else "agree-unexercised"
        yield FactState(
            place=invariant.place(operation),
            aspect="invariant",
            agreement=ALONE[blame(failed, parties)] if failed else agreement,
            page=invariant.basis,
            spec=f"{invariant.id}: {invariant.rule}",
            service=f"asked {asked} times" if asked else None,
            spec_source=invariant.source,
            fingerprints=(failed.fingerprint,) if failed else (),
        )
