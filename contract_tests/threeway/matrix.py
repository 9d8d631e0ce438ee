"""The three-way matrix: one row for each fact, with what page, spec and service say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from contract_tests.contract import Invariant
from contract_tests.findings import Finding, Place
from contract_tests.threeway.blame import Parties, blame
from contract_tests.threeway.said import Aspect, Said
from contract_tests.verdicts import Agreement, Blame, FactState

MOST_SEEN = 50
ALONE: Mapping[Blame, Agreement] = {
    "docs": "docs-alone",
    "spec": "spec-alone",
    "service": "service-alone",
    "undetermined": "nobody-agrees",
}
JUDGED_BY_VALUES: tuple[Aspect, ...] = ("type", "enum", "limit")
"""The aspects that an answered value can confirm or contradict."""


def matrix(
    operation: str,
    parties: Parties,
    exercised: Mapping[str, int],
    findings: Iterable[Finding],
) -> tuple[FactState, ...]:
    """Every fact of an operation, in the order of the places' names.

    Args:
        operation: an operationId.
        parties: what page, spec and service say.
        exercised: by the name of a place, how often the run put it to the test.
        findings: of the run; rows name those that speak of their place.
    """
    by_place: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_place[finding.place.name].append(finding)
    names = sorted(parties.page.keys() | parties.observed.keys())
    return tuple(
        row
        for name in names
        for row in _rows(operation, name, parties, exercised.get(name, 0), by_place[name])
    )


def _rows(
    operation: str, name: str, parties: Parties, exercised: int, findings: list[Finding]
) -> Iterator[FactState]:
    page, spec = parties.page.get(name), parties.observed.get(name)
    structure, _, field = name.partition(".")
    seen = dict(sorted(parties.seen.get(name, {}).items(), key=lambda item: -item[1])[:MOST_SEEN])
    for aspect in get_args(Aspect):
        says, writes = (None if s is None else s.aspects.get(aspect) for s in (page, spec))
        if says is None and writes is None:
            continue
        agreement = _agreement(aspect, name, parties, exercised, findings)
        yield FactState(
            place=Place(operation, structure, field),
            aspect=aspect,
            agreement=agreement,
            page=says,
            spec=writes,
            service=None if agreement.endswith("unexercised") else _answered(seen, exercised),
            seen=seen if aspect == "enum" else {},
            page_source=page.source if page else None,
            spec_source=spec.source if spec else None,
            fingerprints=tuple(sorted({f.fingerprint for f in findings})),
        )


def _agreement(
    aspect: Aspect, name: str, parties: Parties, exercised: int, findings: list[Finding]
) -> Agreement:
    page, spec = parties.page.get(name), parties.observed.get(name)
    same = _word(page, aspect) == _word(spec, aspect)
    judged = aspect in JUDGED_BY_VALUES or aspect == "status"
    if not exercised or not judged:
        return "agree-unexercised" if same else "differ-unexercised"
    blames = {blame(finding, parties) for finding in findings if _is_about(finding, aspect)}
    if blames:
        return ALONE[min(blames, key=["service", "spec", "docs", "undetermined"].index)]
    if same or aspect != "enum":
        return "agree" if same else _alone(page, spec)
    return _by_values(page, spec, parties.seen.get(name, {}))


def _by_values(page: Said | None, spec: Said | None, seen: Iterable[str]) -> Agreement:
    """Of two enumerations that differ: the one that the answered values contradict."""
    values = list(seen)
    page_fits, spec_fits = (
        said is not None and all(said.accepts_text(value) for value in values)
        for said in (page, spec)
    )
    if page_fits == spec_fits:
        return "agree" if page_fits else "nobody-agrees"
    return "spec-alone" if page_fits else "docs-alone"


def _alone(page: Said | None, spec: Said | None) -> Agreement:
    """What only one of both has, and the service was seen to have as well."""
    if page is None:
        return "docs-alone"
    return "spec-alone" if spec is None else "nobody-agrees"


def _is_about(finding: Finding, aspect: Aspect) -> bool:
    """Whether a finding at the place speaks of this aspect of it."""
    if finding.id == "spec-differs":
        return finding.values[0].startswith((f"{aspect}:", "not in the"))
    if finding.id == "response-schema":
        listed = finding.values != () and finding.values[0] in _enumerating(finding)
        return (aspect == "enum") == listed
    return finding.id in ("undocumented-field", "undocumented-status")


def _enumerating(finding: Finding) -> tuple[str, ...]:
    """The value itself, where the finding is about an enumeration and not about a type."""
    answered = next((c.says for c in finding.claims if c.party == "service"), "")
    return (answered.strip('"'),)


def _word(said: Said | None, aspect: Aspect) -> str | None:
    return None if said is None else said.aspects.get(aspect)


def _answered(seen: Mapping[str, int], exercised: int) -> str:
    values = ", ".join(list(seen)[:8])
    return values or f"seen {exercised} times"


def invariant_rows(
    operation: str,
    invariants: Iterable[Invariant],
    exercised: Mapping[str, int],
    findings: Iterable[Finding],
) -> Iterator[FactState]:
    """A row for each invariant: what it rests on, what it asks for, whether the service kept it."""
    broken = {finding.id: finding.fingerprint for finding in findings}
    for invariant in invariants:
        asked, failed = exercised.get(invariant.id, 0), broken.get(invariant.id)
        agreement: Agreement = "agree" if asked else "agree-unexercised"
        yield FactState(
            place=invariant.place(operation),
            aspect="invariant",
            agreement="service-alone" if failed else agreement,
            page=invariant.basis,
            spec=f"{invariant.id}: {invariant.rule}",
            service=f"asked {asked} times" if asked else None,
            spec_source=invariant.source,
            fingerprints=(failed,) if failed else (),
        )
