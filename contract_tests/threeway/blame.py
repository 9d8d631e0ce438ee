"""Who stands alone in a finding, on the evidence of page, pinned facts, spec and service."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from contract_tests.checks import read_json
from contract_tests.contract import LedgerEntry, View, Violation
from contract_tests.findings import Finding
from contract_tests.threeway.aspects import aspect_of
from contract_tests.threeway.said import Said, Says
from contract_tests.verdicts import Blame

REQUEST_SIDE = ("path", "query", "header", "cookie", "operation")
"""Structures that a request fills: what is counted there is what was asked, not answered."""


@dataclass(frozen=True, slots=True)
class Parties:
    """What each party says of one operation, by the name of the place."""

    page: Says
    pinned: Says
    documented: Says
    observed: Says
    """What the spec says with the overlay."""
    views: tuple[View, ...] = ()
    """The views that answers were checked against."""
    ledger: tuple[LedgerEntry, ...] = ()
    answered: Mapping[str, int] = field(default_factory=dict)
    """How often the service answered the field, or the status."""
    seen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The values that the service answered, as text, and how often each."""
    kinds: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The kinds of the answered values (`string`), and how often each."""
    contradicted: frozenset[str] = frozenset()
    """The invariants that the page's own example breaks."""


def blame(finding: Finding, parties: Parties) -> Blame:
    """The party that the other two contradict; *undetermined* where they do not agree either.

    What the ledger knows it has settled. A value of the service is held against page and spec.
    Where page and spec differ, what the service answered decides; where it answered nothing
    that could, the facts as they were pinned do: the party that departed from them stands alone.
    """
    known = next((entry for entry in parties.ledger if entry.covers(finding)), None)
    if known is not None:
        return known.wrong
    if finding.id == "spec-differs":
        return _of_drift(finding, parties)
    if finding.exchange is None:
        return "docs"
    if finding.id in parties.contradicted:
        return "spec"
    return _OF_THE_SERVICE.get(finding.id, _always)(finding, parties)


def _always(finding: Finding, parties: Parties) -> Blame:
    """No page speaks of it: the spec is all there is to hold the service to."""
    del finding, parties
    return "service"


def _of_value(finding: Finding, parties: Parties) -> Blame:
    """An answered value that its schema does not accept."""
    name, violation = finding.place.name, _violation(finding, parties.views)
    page, observed = parties.page.get(name), parties.observed.get(name)
    if violation is None:
        return "service"
    if violation.keyword == "required":
        silent = page is not None and page.aspects.get("mandatory") != "yes"
        return "spec" if silent else "service"
    if _accepts(page, violation) and not _is_known_to_be_silent(finding, parties):
        return "spec"
    return "docs" if _accepts(observed, violation) else "service"


def _is_known_to_be_silent(finding: Finding, parties: Parties) -> bool:
    """Whether the page accepts it only for want of a word that the ledger says it owes."""
    page = parties.page.get(finding.place.name)
    return (
        page is not None
        and aspect_of(finding) not in page.aspects
        and any(
            entry.is_at(finding.place) and entry.names("spec-differs") and entry.wrong == "docs"
            for entry in parties.ledger
        )
    )


def _of_presence(finding: Finding, parties: Parties) -> Blame:
    """An answered field or status that the spec lacks."""
    name = finding.place.name
    if name in parties.page:
        return "spec"
    return "docs" if name in parties.observed else "service"


def _of_refusal(finding: Finding, parties: Parties) -> Blame:
    """A request that the spec allows was refused: so does the page, or it does not."""
    sent = _sent(finding)
    return "service" if all(_allows(parties.page, *pair) for pair in sent) else "spec"


def _of_acceptance(finding: Finding, parties: Parties) -> Blame:
    """A request that the spec forbids was accepted."""
    page, spec, observed = (
        all(_allows(says, *pair) for pair in _sent(finding))
        for says in (parties.page, parties.documented, parties.observed)
    )
    if page == spec:
        return "service"
    return "spec" if page else "docs" if observed else "service"


def _of_drift(finding: Finding, parties: Parties) -> Blame:
    name = finding.place.name
    page, spec = parties.page.get(name), parties.documented.get(name)
    told = set(_told_by_answers(finding, parties, page, spec))
    if len(told) == 1:
        return told.pop()
    was = _words(parties.pinned.get(name))
    moved = _words(page) != was, _words(spec) != was
    return _DEPARTED.get(moved, "undetermined")


def _told_by_answers(
    finding: Finding, parties: Parties, page: Said | None, spec: Said | None
) -> Iterator[Blame]:
    """The party that an answer contradicts, for each answer that contradicts just one of them."""
    name, aspect = finding.place.name, aspect_of(finding)
    if finding.place.structure in REQUEST_SIDE:
        return
    if page is None or spec is None:
        if parties.answered.get(name):
            yield "docs" if page is None else "spec"
        return
    telling = {
        "type": (Said.accepts_kind, parties.kinds.get(name, ())),
        "enum": (Said.accepts_text, parties.seen.get(name, ())),
        "limit": (Said.accepts_text, parties.seen.get(name, ())),
    }
    accepts, answers = telling.get(aspect or "", (Said.accepts_text, ()))
    for answer in answers:
        if (by_page := accepts(page, answer)) != accepts(spec, answer):
            yield "spec" if by_page else "docs"


_OF_THE_SERVICE: Mapping[str, Callable[[Finding, Parties], Blame]] = {
    "response-schema": _of_value,
    "undocumented-field": _of_presence,
    "undocumented-status": _of_presence,
    "valid-request-refused": _of_refusal,
    "invalid-request-accepted": _of_acceptance,
}
_DEPARTED: Mapping[tuple[bool, bool], Blame] = {(True, False): "docs", (False, True): "spec"}
"""By whether the page, and whether the spec, is another than the pinned facts."""


def _violation(finding: Finding, views: Iterable[View]) -> Violation | None:
    """The violation that became the finding: it has the value itself."""
    exchange, operation = finding.exchange, finding.place.operation
    if exchange is None or exchange.response is None or not exchange.response.body:
        return None
    status, (value, _) = exchange.response.status, read_json(exchange.response.body)
    found = (v for view in views for v in view.response_violations(operation, status, None, value))
    wanted = (finding.place, finding.values)
    return next((v for v in found if (v.place, v.values) == wanted), None)


def _accepts(said: Said | None, violation: Violation) -> bool:
    if said is None:
        return False
    is_item = re.search(r"\[\d+\]$", violation.instance_path)
    return said.accepts_item(violation.value) if is_item else said.accepts(violation.value)


def _sent(finding: Finding) -> list[tuple[str, str]]:
    url = finding.exchange.request.url if finding.exchange else ""
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)


def _allows(says: Says, name: str, text: str) -> bool:
    said = says.get(f"query.{name}")
    return said is not None and said.accepts_text(text)


def _words(said: Said | None) -> Mapping[str, str] | None:
    return None if said is None else dict[str, str](said.aspects)  # type: ignore[arg-type]
