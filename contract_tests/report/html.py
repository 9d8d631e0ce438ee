"""`index.html`: the report that people look at; one file that loads nothing.

The template escapes everything; the content security policy allows just this file's own
style and scripts, by their hashes, so that no answer of a server can add another.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from contract_tests.report import matrix, pictures, wording
from contract_tests.report.evidence import Line, request_lines, response_lines
from contract_tests.report.visible import visible, visible_lines
from contract_tests.verdicts import LedgerState, Run, Verdict

FILENAME = "index.html"
IN_FULL = 60
"""So many findings are shown with their evidence; the rest as one line each, in folds."""
PER_FOLD = 500
MOST_ROWS = 3000
"""So many rows of any other table are shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A verdict with what the template shows of it."""

    verdict: Verdict
    anchor: str
    request: tuple[Line, ...] = ()
    response: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A ledger entry with the findings that it covers."""

    entry: LedgerState
    findings: tuple[Shown, ...]


def render(run: Run) -> str:
    """The whole page."""
    groups = matrix.groups(run.matrix[:MOST_ROWS])
    shown = _shown(run)
    template = _environment().get_template("index.html.jinja")
    return template.render(
        run=run,
        new=shown[: len(run.new)],
        known=_known(run, shown[len(run.new) :]),
        unsteady=[s for s in shown if s.verdict.nature != "violation"],
        groups=groups,
        states=matrix.counts(groups),
        anchors={s.verdict.finding.fingerprint: s for s in reversed(shown)},
        coverage=pictures.coverage(groups),
        times=pictures.answer_times(run.beats),
        statuses=pictures.statuses(run.beats),
        trend=pictures.trend(run),
        in_full=IN_FULL,
        per_fold=PER_FOLD,
        most_rows=MOST_ROWS,
    )


def _shown(run: Run) -> list[Shown]:
    """The new findings, the worst first, then the known ones; evidence for the first of each."""
    ordered = [*enumerate(run.new), *enumerate(run.known)]
    return [_with_evidence(verdict, at, rank) for at, (rank, verdict) in enumerate(ordered)]


def _with_evidence(verdict: Verdict, at: int, rank: int) -> Shown:
    anchor = f"finding-{at + 1}"
    if verdict.exchange is None or rank >= IN_FULL:
        return Shown(verdict, anchor)
    request = request_lines(verdict.exchange, verdict.finding)
    response = response_lines(verdict.exchange, verdict.finding)
    return Shown(verdict, anchor, tuple(request), tuple(response))


def _known(run: Run, shown: list[Shown]) -> list[Known]:
    """Each entry with its findings, seen ones first."""
    of_entry: dict[str | None, list[Shown]] = {}
    for item in shown:
        of_entry.setdefault(item.verdict.ledger_id, []).append(item)
    order = ("seen", "not-seen", "not-exercised")
    entries = sorted(
        run.ledger[:MOST_ROWS], key=lambda entry: (order.index(entry.state), -entry.count)
    )
    return [Known(entry, tuple(of_entry.get(entry.id, ()))) for entry in entries]


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("contract_tests.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    own = {name: _own(name) for name in ("early.js", "report.js", "report.css")}
    environment.filters.update(
        visible=visible, visible_lines=visible_lines, counted=wording.counted
    )
    environment.globals.update(
        wording=wording,
        early_script=own["early.js"],
        script=own["report.js"],
        style=own["report.css"],
        policy=_policy(own.values()),
    )
    return environment


def _own(name: str) -> Markup:
    """A file of this package, to be put into the page as it is."""
    text = files("contract_tests.report").joinpath("templates", name).read_text("utf-8")
    return Markup(text)  # noqa: S704 (not foreign text)


def _policy(own: Iterable[str]) -> str:
    hashes = " ".join(f"'sha256-{_digest(text)}'" for text in own)
    return (
        f"default-src 'none'; script-src {hashes}; style-src {hashes}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
