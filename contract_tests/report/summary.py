"""`summary.md`: the run on one page, for people and for the log of a pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contract_tests.report import wording
from contract_tests.report.markdown_text import code, plain, table
from contract_tests.verdicts import LedgerState, Run, Verdict

FILENAME = "summary.md"
MOST_ROWS = 200


def render(run: Run) -> str:
    """Verdict, new findings, the ledger's state, and what was not proven."""
    sections = (_head, _new, _ledger, _open_questions)
    return "\n\n".join(text for section in sections for text in section(run)) + "\n"


def _head(run: Run) -> Iterator[str]:
    yield f"# {run.outcome.capitalize()}"
    yield plain(run.sentence)
    rows = {
        "Run": code(run.id),
        "Started": run.started.isoformat(timespec="seconds"),
        "Took": f"{run.duration:.1f} s",
        "Target": code(wording.target(run)),
        "View": code(run.view),
        "Seed": f"{run.seed}, budget {code(run.budget)}",
        "Facts": f"{wording.exercised(run.matrix)} of {len(run.matrix)} exercised",
        **_requests(run),
        "Versions": code(", ".join(f"{name} {v}" for name, v in run.versions.items())),
    }
    yield table(("", ""), rows.items())


def _requests(run: Run) -> dict[str, str]:
    """Recorded traffic has none."""
    shown = f"{len(run.beats):,}, sequence {code(run.request_hash[:16])}"
    return {"Requests": shown} if run.beats else {}


def _new(run: Run) -> Iterator[str]:
    yield f"## New findings ({len(run.new):,})"
    if not run.new:
        yield "None."
        return
    head = ("Severity", "Where", "Values", "What", "Who stands alone", "Source", "Seen")
    yield table(head, map(_finding, run.new[:MOST_ROWS]))
    yield from _rest(len(run.new))


def _finding(verdict: Verdict) -> list[str]:
    finding = verdict.finding
    nature = "" if verdict.nature == "violation" else f" ({verdict.nature})"
    return [
        finding.severity.label,
        code(str(finding.place)),
        code(", ".join(finding.values)),
        plain(finding.message) + nature,
        wording.ALONE[verdict.blame],
        code(str(finding.source)) if finding.source else "",
        str(verdict.count),
    ]


def _ledger(run: Run) -> Iterator[str]:
    yield f"## Known discrepancies ({len(run.ledger):,})"
    if not run.ledger:
        yield "The ledger is empty."
        return
    head = ("State", "Entry", "Where", "What", "Values seen", "Count", "Review")
    yield table(head, map(_entry, run.ledger[:MOST_ROWS]))
    yield from _rest(len(run.ledger))


def _entry(entry: LedgerState) -> list[str]:
    return [
        entry.state.replace("-", " "),
        code(entry.id),
        code(entry.where),
        plain(entry.what),
        code(", ".join(entry.values)) if entry.values else "",
        str(entry.count),
        f"{entry.review}{' **due**' if entry.due else ''}",
    ]


def _open_questions(run: Run) -> Iterator[str]:
    items = [
        *(
            f"not proven: {code(str(gap.place))} {plain(gap.constraint)}"
            + (f" ({plain(gap.reason)})" if gap.reason else "")
            for gap in run.unproven
        ),
        *(
            f"withheld: {wording.counted(kept.count, 'request')}, {plain(kept.rule)} "
            f"({plain(kept.area)}), such as {code(kept.example)}"
            for kept in run.withheld
        ),
        *(
            f"sent again: {code(again.operation)}, {plain(again.cause)}, "
            f"{wording.times(again.count)}"
            for again in run.transients
        ),
    ]
    if items:
        yield f"## Not proven, not sent ({len(items):,})"
        yield _bullets(items[:MOST_ROWS])
        yield from _rest(len(items))


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _rest(total: int) -> Iterator[str]:
    if total > MOST_ROWS:
        yield f"… and {total - MOST_ROWS:,} more: see `run.json`."
