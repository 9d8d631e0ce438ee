"""For a terminal: a line for what changed, one for where it stands in both versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contract_tests.changes.comparing import Change


def render(changes: Sequence[Change]) -> str:
    """The changes in their order, then how many there are."""
    lines = [line for change in changes for line in _lines(change)]
    return "\n".join([*lines, summary(changes)]) + "\n"


def summary(changes: Sequence[Change]) -> str:
    """In one line: `3 changes: 1 breaking, 2 non-breaking`."""
    if not changes:
        return "no changes"
    breaking = sum(change.breaking for change in changes)
    noun = "change" if len(changes) == 1 else "changes"
    return f"{len(changes)} {noun}: {breaking} breaking, {len(changes) - breaking} non-breaking"


def _lines(change: Change) -> Iterator[str]:
    side = "" if change.side == "both" else f" {change.side}:"
    line = f"{change.severity:<12} {change.place.name}:{side} {change.message}  [{change.rule}]"
    yield "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)
    old, new = change.old or "-", change.new or "-"
    yield f"{'':13}{old} -> {new}"
    broken = f"; breaks {change.effect.value}" if change.breaking else ""
    yield f"{'':13}{', '.join(change.operations)}{broken}"
