"""The words in which all formats say the same things."""

from __future__ import annotations

from collections import Counter

from contract_tests.findings import Claim
from contract_tests.verdicts import Blame, FactState, Run, Verdict, Withheld

ALONE: dict[Blame, str] = {
    "service": "the service stands alone",
    "docs": "the docs stand alone",
    "spec": "the spec stands alone",
    "undetermined": "undetermined who is wrong",
}
WRONG: dict[Blame, str] = {
    "service": "the service is wrong",
    "docs": "the docs are wrong",
    "spec": "the spec is wrong",
    "undetermined": "undetermined who is wrong",
}


def target(run: Run) -> str:
    """`mock http://127.0.0.1:40123/v1/…`."""
    return f"{run.target.kind} {run.target.base_url}".strip()


def says(claim: Claim) -> str:
    """`page: SFS, EVS (StartNotebook.html:615)`."""
    where = f" ({claim.source})" if claim.source else ""
    return f"{claim.party}: {claim.says}{where}"


def headline(verdict: Verdict) -> str:
    """`StartNotebook:VolumeRes.category = efs`."""
    values = ", ".join(verdict.finding.values)
    return f"{verdict.finding.place} = {values}" if values else str(verdict.finding.place)


def times(count: int) -> str:
    """`once` or `14 times`."""
    return "once" if count == 1 else f"{count:,} times"


def counted(count: int, noun: str) -> str:
    """`1 finding`, `2 findings`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def exercised(facts: tuple[FactState, ...]) -> int:
    """How many of the facts the service was seen to confirm or contradict."""
    return sum(not fact.agreement.endswith("-unexercised") for fact in facts)


def withheld(items: tuple[Withheld, ...]) -> int:
    """How many requests were kept back."""
    return sum(item.count for item in items)


def unsteady(run: Run) -> str:
    """`1 flaky, 2 transient, 5 requests sent again`; empty where every answer was steady."""
    natures = Counter(v.nature for v in run.verdicts if v.nature != "violation")
    again = sum(transient.count for transient in run.transients)
    parts = [f"{natures[nature]} {nature}" for nature in sorted(natures)]
    return ", ".join([*parts, *([f"{counted(again, 'request')} sent again"] if again else [])])
