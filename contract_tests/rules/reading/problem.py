"""A problem: what a rule yields; the run makes a finding of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict, Unpack

from contract_tests.facts import Field, Table
from contract_tests.findings import Claim, Source
from contract_tests.rules.reading.matching import Value


class Rest(TypedDict, total=False):
    """What a rule may say of a problem besides its place and message."""

    values: tuple[str, ...]
    claims: tuple[Claim, ...]
    suggestion: str | None
    overlay_action: str | None
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong on a page; the run adds the rule's id, its severity, the page.

    `structure` and `field` name the place as `findings.Place` does; `values` are the offending
    values in the smallest form that tells two faults apart; `claims` are the facts that
    contradict each other; `suggestion` is the right content, where a machine can tell it.
    """

    structure: str
    message: str
    source: Source
    field: str = ""
    values: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    suggestion: str | None = None
    overlay_action: str | None = None
    certain: bool = True
    stem: str = ""
    """The page it is on: set by rules across pages only."""

    @classmethod
    def at(cls, table: Table, field: Field, message: str, **rest: Unpack[Rest]) -> Problem:
        """A problem with one row of a table, which stands where that row stands."""
        return cls(
            structure=table.name, field=field.name, source=field.source, message=message, **rest
        )

    @classmethod
    def shown(cls, value: Value, message: str, **rest: Unpack[Rest]) -> Problem:
        """A problem with what an example shows for a row, which stands where the example does."""
        table, field = value.table.name, value.field.name
        return cls(structure=table, field=field, source=value.source, message=message, **rest)


def says(fact: str, source: Source | None = None) -> Claim:
    """What the page says at one spot: one of the contradicting facts of a problem."""
    return Claim("page", fact, source)
