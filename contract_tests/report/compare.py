"""Two runs held against each other: what came, what went, what stayed, which values are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contract_tests.findings import Place
from contract_tests.report import wording
from contract_tests.report.markdown_text import code, plain, table
from contract_tests.report.visible import visible
from contract_tests.verdicts import Run, Verdict

MOST = 200
"""So many lines of a kind are printed for people; JSON has all."""
STILL = "still there"


@dataclass(frozen=True, slots=True)
class FirstSeen:
    """A value that the service answered in the later run only."""

    place: Place
    aspect: str
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Difference:
    """From one run to a later one; each tuple of verdicts with the worst first."""

    new: tuple[Verdict, ...]
    """Findings of the later run that the earlier one had not, or had as known."""
    gone: tuple[Verdict, ...]
    still: tuple[Verdict, ...]
    values: tuple[FirstSeen, ...]
    conditions: tuple[tuple[str, str, str], ...]
    """What else differs (name, earlier, later) and makes the comparison less telling."""

    @property
    def worse(self) -> bool:
        """Whether a finding is new that the ledger of the later run does not know."""
        return any(verdict.state == "new" and not verdict.harmless for verdict in self.new)


def compare(before: Run, after: Run) -> Difference:
    """What changed; findings are the same where their fingerprints are."""
    earlier, later = _by_fingerprint(before), _by_fingerprint(after)
    return Difference(
        new=_worst_first(v for name, v in later.items() if _is_new(v, earlier.get(name))),
        gone=_worst_first(v for name, v in earlier.items() if name not in later),
        still=_worst_first(
            v for name, v in later.items() if name in earlier and not _is_new(v, earlier[name])
        ),
        values=tuple(_first_seen(before, after)),
        conditions=tuple(_conditions(before, after)),
    )


def _by_fingerprint(run: Run) -> Mapping[str, Verdict]:
    return {verdict.finding.fingerprint: verdict for verdict in run.verdicts}


def _is_new(verdict: Verdict, earlier: Verdict | None) -> bool:
    return earlier is None or (verdict.state == "new" and earlier.state == "known")


def _worst_first(verdicts: Iterator[Verdict]) -> tuple[Verdict, ...]:
    def order(verdict: Verdict) -> tuple[bool, int, Place]:
        return verdict.state == "known", -verdict.finding.severity, verdict.finding.place

    return tuple(sorted(verdicts, key=order))


def _first_seen(before: Run, after: Run) -> Iterator[FirstSeen]:
    seen = {(fact.place, fact.aspect): fact.seen for fact in before.matrix}
    for fact in after.matrix:
        earlier = seen.get((fact.place, fact.aspect), {})
        for value, count in fact.seen.items():
            if value not in earlier:
                yield FirstSeen(fact.place, fact.aspect, value, count)


def _conditions(before: Run, after: Run) -> Iterator[tuple[str, str, str]]:
    compared: Mapping[str, Callable[[Run], str]] = {
        "view": lambda run: run.view,
        "target": lambda run: run.target.kind,
        "budget": lambda run: run.budget,
        "seed": lambda run: str(run.seed),
    }
    for name, of in compared.items():
        if of(before) != of(after):
            yield name, of(before), of(after)


def as_text(difference: Difference) -> str:
    """For a terminal."""
    return "\n".join(_text(difference)) + "\n"


def _text(difference: Difference) -> Iterator[str]:
    for name, earlier, later in difference.conditions:
        yield f"note: {name} differs, {visible(earlier)} and {visible(later)}"
    for title, verdicts in _parts(difference):
        yield f"{title} ({len(verdicts):,})"
        yield from _known_by_entry(verdicts) if title == STILL else _lines(verdicts)
    yield f"values first seen ({len(difference.values):,})"
    for first in difference.values[:MOST]:
        value = visible(first.value, 80)
        yield f"  {visible(str(first.place), 100)} {value}  {wording.times(first.count)}"
    yield from _more(len(difference.values))


def _lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    for verdict in verdicts[:MOST]:
        found = verdict.finding
        yield (
            f"  {found.severity.label:<15}{visible(wording.headline(verdict), 120)}  "
            f"{visible(found.id, 60)}{_known(verdict)}"
        )
    yield from _more(len(verdicts))


def _known_by_entry(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What the ledger knows in a line for each entry: one may cover dozens of findings."""
    yield from _lines([v for v in verdicts if v.state == "new"])
    entries = Counter(str(v.ledger_id) for v in verdicts if v.state == "known")
    for entry, count in list(entries.items())[:MOST]:
        yield f"  {'known':<15}{visible(entry, 60)}  {wording.counted(count, 'finding')}"
    yield from _more(len(entries))


def _parts(difference: Difference) -> tuple[tuple[str, tuple[Verdict, ...]], ...]:
    return (
        ("new", difference.new),
        ("gone", difference.gone),
        (STILL, difference.still),
    )


def _known(verdict: Verdict) -> str:
    return f", known: {visible(str(verdict.ledger_id), 60)}" if verdict.state == "known" else ""


def _more(total: int) -> Iterator[str]:
    if total > MOST:
        yield f"  … and {total - MOST:,} more"


def as_markdown(difference: Difference) -> str:
    """For a comment or a page."""
    return "\n\n".join(_markdown(difference)) + "\n"


def _markdown(difference: Difference) -> Iterator[str]:
    for name, earlier, later in difference.conditions:
        yield f"Note: {name} differs, {code(earlier)} and {code(later)}."
    for title, verdicts in _parts(difference):
        yield f"## {title.capitalize()} ({len(verdicts):,})"
        if verdicts:
            head = ("Severity", "Where", "What", "Ledger")
            yield table(head, map(_row, verdicts[:MOST]))
        yield from (line.strip() for line in _more(len(verdicts)))
    yield f"## Values first seen ({len(difference.values):,})"
    if difference.values:
        cells = ((code(str(v.place)), code(v.value), str(v.count)) for v in difference.values)
        yield table(("Where", "Value", "Seen"), list(cells)[:MOST])


def _row(verdict: Verdict) -> tuple[str, str, str, str]:
    found = verdict.finding
    ledger = code(verdict.ledger_id) if verdict.ledger_id else ""
    return (found.severity.label, code(wording.headline(verdict)), plain(found.message), ledger)


def as_data(difference: Difference) -> dict[str, Any]:
    """Plain JSON data, whole."""
    return {
        **{title.replace(" ", "_"): [_data(v) for v in vs] for title, vs in _parts(difference)},
        "values_first_seen": [
            {"place": str(v.place), "aspect": v.aspect, "value": v.value, "count": v.count}
            for v in difference.values
        ],
        "conditions": [
            {"name": name, "before": earlier, "after": later}
            for name, earlier, later in difference.conditions
        ],
    }


def _data(verdict: Verdict) -> dict[str, Any]:
    found = verdict.finding
    return {
        "fingerprint": found.fingerprint,
        "id": found.id,
        "place": str(found.place),
        "values": list(found.values),
        "severity": found.severity.label,
        "message": found.message,
        "state": verdict.state,
        "ledger_id": verdict.ledger_id,
        "count": verdict.count,
    }
