"""For people at a terminal: what is new, then what is known, then what is stale."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.differences._difference import Difference
from contract_tests.verdicts import Verdict


def render(found: Difference) -> str:
    """One block a disagreement with what either party says, then one line that counts."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Difference) -> Iterator[str]:
    yield f"{found.page} ({found.file})"
    for verdict in (*found.new, *found.known):
        yield from _block(verdict)
    for entry in found.stale:
        yield f"  stale  {entry.id}  {entry.where}: the page does not show it any more"
    yield ""
    yield f"{len(found.new)} new, {len(found.known)} known, {len(found.stale)} stale"


def _block(verdict: Verdict) -> Iterator[str]:
    finding = verdict.finding
    known = f" ({verdict.ledger_id})" if verdict.ledger_id else ""
    yield (
        f"  {verdict.state:<5}  {finding.severity.label:<14} {finding.id}  {finding.place.name}"
        f"  {verdict.blame}{known}"
    )
    yield f"{'':9}{finding.message}"
    for claim in finding.claims:
        where = f" ({claim.source})" if claim.source else ""
        yield f"{'':11}{claim.party}: {claim.says}{where}"
