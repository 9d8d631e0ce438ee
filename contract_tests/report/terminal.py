"""What the terminal shows when a run has ended: about twenty lines, the verdict last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.text import Text

from contract_tests.findings import Severity
from contract_tests.report import wording
from contract_tests.report.visible import visible
from contract_tests.verdicts import LedgerState, Run, Verdict

MOST_NEW = 4
SHORT = 8
"""Digits of a fingerprint: enough for `contract-tests replay`."""
MOST_KNOWN = 8

_COLOUR = {
    Severity.BREAKS_CLIENTS: "bold red",
    Severity.MISLEADS: "yellow",
    Severity.COSMETIC: "cyan",
}
_OUTCOME_COLOUR = {"passed": "bold green", "failed": "bold red", "unproven": "bold yellow"}


class Screen(Console):
    """Standard output; whoever stops reading it (`| head`) does not change the exit code."""

    def on_broken_pipe(self) -> None:
        """Print nothing more; rich would end the process as if there were findings."""
        with suppress(SystemExit):
            super().on_broken_pipe()


def print_summary(run: Run, console: Console, folder: Path | None = None) -> None:
    """Print the summary; `folder` is where the reports are."""
    print_lines(summary(run, folder), console)


def print_lines(lines: Iterable[Text], console: Console) -> None:
    """Print lines, however long.

    rich leaves out all colour where `NO_COLOR` is set or the stream is no terminal. A stream
    that cannot take a character gets `?` for it.
    """
    for line in lines:
        shown = Text.assemble(line)
        shown.plain = shown.plain.encode(console.encoding, "replace").decode(console.encoding)
        console.print(shown, soft_wrap=True, highlight=False)


def summary(run: Run, folder: Path | None = None) -> Iterator[Text]:
    """The lines of the summary."""
    yield _line(
        f"{wording.target(run)}, view {run.view}, seed {run.seed}, "
        f"{wording.counted(len(run.beats), 'exchange')} in {run.duration:.1f} s"
    )
    yield from _new(run)
    yield from _known(run)
    yield from _open_questions(run)
    yield Text()
    yield Text.assemble(
        (run.outcome.upper(), _OUTCOME_COLOUR[run.outcome]), "  ", visible(run.sentence)
    )
    if folder is not None:
        yield _line(f"reports: {folder}")


def _new(run: Run) -> Iterator[Text]:
    if not run.new:
        return
    yield Text()
    yield _heading(f"New findings ({len(run.new):,})")
    for verdict in run.new[:MOST_NEW]:
        yield from _finding(verdict)
    if len(run.new) > MOST_NEW:
        yield _line(f"  … and {len(run.new) - MOST_NEW:,} more")


def _finding(verdict: Verdict) -> Iterator[Text]:
    finding = verdict.finding
    nature = "" if verdict.nature == "violation" else f", {verdict.nature}"
    yield Text.assemble(
        "  ",
        (f"{finding.severity.label:<15}", _COLOUR[finding.severity]),
        (visible(wording.headline(verdict), 70), "bold"),
        f"  {wording.ALONE[verdict.blame]}{nature}, {wording.times(verdict.count)}",
        (f"  {finding.fingerprint[:SHORT]}", "dim"),
    )
    says = " | ".join(visible(wording.says(claim), 60) for claim in finding.claims)
    yield Text(f"    {says or visible(finding.message, 120)}", style="dim")


def _known(run: Run) -> Iterator[Text]:
    if not run.ledger:
        return
    seen = [entry for entry in run.ledger if entry.state == "seen"]
    yield Text()
    yield _heading(f"Known discrepancies seen ({len(seen)} of {len(run.ledger)})")
    for entry in seen[:MOST_KNOWN]:
        yield _entry(entry)
    if len(seen) > MOST_KNOWN:
        yield _line(f"  … and {len(seen) - MOST_KNOWN} more")
    rest = _rest_of_the_ledger(run.ledger)
    if rest:
        yield _line(f"  {rest}")


def _entry(entry: LedgerState) -> Text:
    values = visible(", ".join(entry.values), 40)
    return _line(f"  {visible(entry.where, 40)} {values}  {wording.times(entry.count)}, {entry.id}")


def _rest_of_the_ledger(ledger: tuple[LedgerState, ...]) -> str:
    counts = {
        "not seen": sum(entry.state == "not-seen" for entry in ledger),
        "not exercised": sum(entry.state == "not-exercised" for entry in ledger),
        "due for review": sum(entry.due for entry in ledger),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def _open_questions(run: Run) -> Iterator[Text]:
    parts = (
        f"facts exercised {wording.exercised(run.matrix)} of {len(run.matrix)}"
        if run.matrix
        else "",
        f"not proven {len(run.unproven):,}" if run.unproven else "",
        f"withheld {wording.counted(wording.withheld(run.withheld), 'request')}"
        if run.withheld
        else "",
        wording.unsteady(run),
    )
    text = ", ".join(filter(None, parts))
    if text:
        yield Text()
        yield _line(text)


def _heading(text: str) -> Text:
    return Text(text, style="bold")


def _line(text: str) -> Text:
    return Text(visible(text))
