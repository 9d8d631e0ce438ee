"""The catalogue of all that may be found: most of it is read from the docstrings of modules."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from itertools import groupby
from typing import Literal

from contract_tests import changes
from contract_tests.checks import all_checks
from contract_tests.clients.roundtrip import MEANINGS
from contract_tests.contract import Contract, Invariant
from contract_tests.errors import InputError
from contract_tests.rules import all_rules
from contract_tests.threeway import DRIFTS

Kind = Literal["rule", "check", "change", "loss", "invariant"]

_LITERAL_BLOCK = re.compile(r"^(.*):: *\n((?: *\n|    .*\n?)+)", re.MULTILINE)
_ABOUT: dict[Kind, str] = {
    "rule": "Rules find what a page gets wrong, by itself or against the contract.",
    "check": "Checks find what an answer of the service gets wrong.",
    "change": "Changes are what differs between two versions of a contract.",
    "loss": "Losses are what becomes of answers and requests on their way through an SDK.",
    "invariant": "Invariants are relations that a schema cannot say; the spec states them.",
}
_SIDES: dict[changes.Side, tuple[changes.Side, ...]] = {
    "both": ("request", "response"),
    "request": ("request",),
    "response": ("response",),
}
_IN: dict[changes.Side, str] = {"request": "a request", "response": "an answer"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one id means; `doc` begins with one line that says it."""

    id: str
    kind: Kind
    severity: str
    area: str
    doc: str

    @property
    def title(self) -> str:
        """The first line."""
        return self.doc.partition("\n")[0]


@cache
def entries() -> tuple[Entry, ...]:
    """Rules, among them those that hold a page against the spec; checks, changes, losses."""
    rules = (Entry(r.id, "rule", r.severity.label, r.area, r.doc.rstrip()) for r in all_rules())
    drifts = (Entry(d.id, "rule", d.severity.label, "contract", d.doc) for d in DRIFTS)
    checks = (
        Entry(c.id, "check", c.severity.label, "exchange", inspect.cleandoc(c.doc).rstrip())
        for c in all_checks()
    )
    losses = (Entry(m.id, "loss", m.severity.label, "SDK", m.doc) for m in MEANINGS)
    return (*rules, *drifts, *checks, *map(_change, changes.all_rules()), *losses)


def invariants(contract: Contract) -> tuple[Entry, ...]:
    """The invariants of the contract as documented, by id: findings carry their ids too."""
    view = contract.view("documented")
    found = {i.id: i for op in view.operations for i in view.invariants(op.id)}
    return tuple(_invariant(found[name]) for name in sorted(found))


def _change(rule: changes.ChangeRule) -> Entry:
    """A change may break whom it meets in a request, and nobody in an answer."""
    effects = {side: rule.effect(side) for side in _SIDES[rule.side]}
    breaking = [side for side, effect in effects.items() if effect.breaking]
    whom = "".join(f"\n\nIn {_IN[side]} it breaks {effects[side].value}." for side in effects)
    label = "breaking" if breaking else "non-breaking"
    return Entry(rule.id, "change", label, rule.side, rule.doc.rstrip() + whom)


def _invariant(invariant: Invariant) -> Entry:
    parts = (
        invariant.message,
        "",
        "Rule (CEL)::",
        "",
        *(f"    {line}" for line in invariant.rule.strip().splitlines()),
        *(("", f"Holds where: {invariant.when}") if invariant.when else ()),
        *(("", f"Rests on: {invariant.basis}") if invariant.basis else ()),
        "",
        f"Stands at {invariant.source}.",
    )
    return Entry(invariant.id, "invariant", "breaks-clients", "exchange", "\n".join(parts))


def find(name: str, among: Iterable[Entry]) -> Entry:
    """The entry of that id; raises InputError, with near names, where there is none."""
    known = {entry.id: entry for entry in among}
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    remedy = f"did you mean {' or '.join(near)}?" if near else "see contract-tests explain --list"
    raise InputError(f"nothing is called {name!r}", remedy)


def as_text(entry: Entry) -> str:
    """What it means, its samples, how to acknowledge it: for a terminal."""
    head = f"{entry.id} ({entry.kind}, {entry.area}, {entry.severity})"
    return f"{head}\n\n{entry.doc}\n\n{_acknowledged(entry)}\n"


def as_markdown(found: Iterable[Entry]) -> str:
    """Several entries as one document, by kind and area."""
    return "\n".join(_document(found))


def _document(found: Iterable[Entry]) -> Iterator[str]:
    yield "# Catalogue"
    yield "\nMade by `contract-tests explain --all --format markdown`; do not edit by hand."
    for kind, of_kind in groupby(found, key=lambda entry: entry.kind):
        about = _ABOUT[kind]
        yield f"\n## {about.split()[0]}\n\n{about}\n"
        members = list(of_kind)
        yield "| Id | Area | Severity | |\n| --- | --- | --- | --- |"
        yield from map(_row, members)
        yield from (f"\n### {e.id}\n\n{_fenced(e.doc)}" for e in members)
    yield ""


def _row(entry: Entry) -> str:
    title = entry.title.replace("|", "\\|")
    return f"| [{entry.id}](#{entry.id}) | {entry.area} | {entry.severity} | {title} |"


def _fenced(doc: str) -> str:
    """Literal blocks of a docstring as fenced blocks."""
    return _LITERAL_BLOCK.sub(_fence, f"{doc}\n").rstrip()


def _fence(match: re.Match[str]) -> str:
    return f"{match[1]}:\n\n```\n{inspect.cleandoc(match[2])}\n```\n\n"


def _acknowledged(entry: Entry) -> str:
    """What to do where it is to stay as it is."""
    if entry.kind == "change":
        return "A change cannot be acknowledged: release what breaks clients as such."
    ledger = "sdk-discrepancies" if entry.kind == "loss" else "discrepancies"
    return f"""\
To acknowledge such a finding, add an entry to spec/{ledger}.yaml; it covers just the
values that it lists as observed:

  - id: a-name-of-your-own
    where: Structure.field          # the finding's place
    what: One line that says what differs.
    documented: [WHAT-THE-PAGE-SAYS]
    observed: [VALUE]               # the finding's values
    matches: [{entry.id}]
    evidence:
      - {{sure: seen, source: where it was seen}}
    wrong: undetermined             # docs, spec, service or undetermined
    review: YYYY-MM-DD"""
