"""Who stands alone in a finding, on the evidence of page, pinned facts, spec and service."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contract_tests.findings import Finding
from contract_tests.threeway.said import Said, Says
from contract_tests.verdicts import Blame


@dataclass(frozen=True, slots=True)
class Parties:
    """What each party says of one operation, by the name of the place."""

    page: Says
    pinned: Says
    documented: Says
    observed: Says
    """What the spec says with the overlay."""
    seen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The values that the service answered, as text, and how often each."""


def blame(finding: Finding, parties: Parties) -> Blame:
    """The party that the other two contradict; *undetermined* where they do not agree either.

    A value of the service is held against page and spec. Where page and spec differ, the
    service's values decide; where it gave none that could, the facts as they were pinned do:
    the party that departed from them stands alone.
    """
    if finding.id == "spec-differs":
        return _of_drift(finding.place.name, parties)
    if finding.exchange is None:
        return "docs"
    judge = {
        "response-schema": _of_value,
        "undocumented-field": _of_presence,
        "undocumented-status": _of_presence,
    }.get(finding.id)
    return judge(finding, parties) if judge else "service"


def _of_value(finding: Finding, parties: Parties) -> Blame:
    name, value = finding.place.name, _answered(finding)
    if _accepts(parties.page.get(name), value):
        return "spec"
    return "docs" if _accepts(parties.observed.get(name), value) else "service"


def _of_presence(finding: Finding, parties: Parties) -> Blame:
    name = finding.place.name
    if name in parties.page:
        return "spec"
    return "docs" if name in parties.observed else "service"


def _of_drift(name: str, parties: Parties) -> Blame:
    values = parties.seen.get(name, {})
    page, spec = (_accepts_all(says.get(name), values) for says in (parties.page, parties.observed))
    if values and page != spec:
        return "spec" if page else "docs"
    pinned = _words(parties.pinned.get(name))
    moved = _words(parties.page.get(name)) != pinned, _words(parties.documented.get(name)) != pinned
    return {(True, False): "docs", (False, True): "spec"}.get(moved, "undetermined")  # type: ignore[return-value]


def _answered(finding: Finding) -> Any:
    says = next((claim.says for claim in finding.claims if claim.party == "service"), "null")
    try:
        return json.loads(says)
    except ValueError:
        return says


def _accepts(said: Said | None, value: Any) -> bool:
    return said is not None and said.accepts(value)


def _accepts_all(said: Said | None, values: Iterable[str]) -> bool:
    return said is not None and all(said.accepts_text(value) for value in values)


def _words(said: Said | None) -> Mapping[Any, str] | None:
    return None if said is None else said.aspects
