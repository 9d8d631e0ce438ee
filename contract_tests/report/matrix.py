"""The three-way matrix as rows to draw: what each party's cell says and how it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from contract_tests.findings import Party, Source
from contract_tests.report.visible import visible
from contract_tests.verdicts import Agreement, FactState

Sign = Literal["agrees", "alone", "differs", "silent", "unexercised"]
State = Literal["differs", "unexercised", "agrees"]

_SIGNS: dict[Agreement, tuple[Sign, Sign, Sign]] = {
    "agree": ("agrees", "agrees", "agrees"),
    "service-alone": ("agrees", "agrees", "alone"),
    "docs-alone": ("alone", "agrees", "agrees"),
    "spec-alone": ("agrees", "alone", "agrees"),
    "nobody-agrees": ("differs", "differs", "differs"),
    "agree-unexercised": ("agrees", "agrees", "unexercised"),
    "differ-unexercised": ("differs", "differs", "unexercised"),
}
_STATES: dict[Agreement, tuple[State, ...]] = {
    "agree": ("agrees",),
    "agree-unexercised": ("unexercised",),
    "differ-unexercised": ("differs", "unexercised"),
}
_WORDS: dict[Agreement, str] = {
    "agree": "all agree",
    "service-alone": "service alone",
    "docs-alone": "docs alone",
    "spec-alone": "spec alone",
    "nobody-agrees": "nobody agrees",
    "agree-unexercised": "never exercised",
    "differ-unexercised": "differ, never exercised",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one party says of a fact; `text` is None where it says nothing."""

    party: Party
    text: str | None
    sign: Sign
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One fact; it is in every one of its `states`, which the filter goes by."""

    fact: FactState
    states: tuple[State, ...]
    words: str
    cells: tuple[Cell, Cell, Cell]
    seen: tuple[tuple[str, int, float], ...]
    """Value, how often, and its share of the most frequent one in percent."""

    @property
    def search(self) -> str:
        """What the text filter looks in, in lower case."""
        said = (cell.text or "" for cell in self.cells)
        names = (self.fact.place.name, self.fact.aspect, *said, *self.fact.seen)
        return visible(" ".join(names), 400).lower()


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one structure of one operation."""

    operation: str
    structure: str
    rows: tuple[Row, ...]

    def count(self, state: State) -> int:
        """How many rows are in that state."""
        return sum(state in row.states for row in self.rows)


def groups(facts: Iterable[FactState]) -> list[Group]:
    """The rows by operation and structure, in the order in which the facts first name them."""
    found: dict[tuple[str, str], list[Row]] = {}
    for fact in facts:
        found.setdefault((fact.place.operation, fact.place.structure), []).append(_row(fact))
    return [Group(*names, tuple(rows)) for names, rows in found.items()]


def counts(found: Iterable[Group]) -> Counter[str]:
    """How many facts there are in each state, for the filter's labels."""
    return Counter(state for group in found for row in group.rows for state in row.states)


def _row(fact: FactState) -> Row:
    page, spec, service = _SIGNS[fact.agreement]
    most = max(fact.seen.values(), default=1) or 1
    often = sorted(fact.seen.items(), key=lambda item: -item[1])
    return Row(
        fact=fact,
        states=_STATES.get(fact.agreement, ("differs",)),
        words=_WORDS[fact.agreement],
        cells=(
            _cell("page", fact.page, page, fact.page_source),
            _cell("spec", fact.spec, spec, fact.spec_source),
            _cell("service", fact.service, service, None),
        ),
        seen=tuple((value, number, 100 * number / most) for value, number in often),
    )


def _cell(party: Party, text: str | None, sign: Sign, source: Source | None) -> Cell:
    silent = text is None and sign == "agrees"
    return Cell(party, text, "silent" if silent else sign, source)
