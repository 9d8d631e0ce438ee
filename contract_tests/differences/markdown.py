"""For a pull request or a ticket: one table."""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.differences._difference import Difference
from contract_tests.verdicts import Verdict

HEAD = "| State | Severity | Rule | Where | Page | Spec | Who stands alone |\n" + "|---" * 7 + "|"


def render(found: Difference) -> str:
    """A heading, a row a disagreement, and the stale entries in a list."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Difference) -> Iterator[str]:
    yield f"## {_cell(found.page)}\n"
    if not found.verdicts:
        yield "No differences."
    else:
        yield HEAD
        yield from (_row(verdict) for verdict in (*found.new, *found.known))
    for entry in found.stale:
        yield f"\n- stale: `{entry.id}` at `{entry.where}`"


def _row(verdict: Verdict) -> str:
    finding = verdict.finding
    says = {claim.party: claim.says for claim in finding.claims}
    state = f"{verdict.state} ({verdict.ledger_id})" if verdict.ledger_id else verdict.state
    cells = (
        *(state, finding.severity.label, finding.id, f"`{finding.place.name}`"),
        *(says.get("page", ""), says.get("spec", ""), verdict.blame),
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    """Text that stays inside its cell and means nothing to Markdown."""
    escaped = text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return " ".join(escaped.split())
