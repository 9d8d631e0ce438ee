"""A problem: what a rule yields; the run makes a finding of it."""

from __future__ import annotations

from dataclasses import dataclass

from contract_tests.facts import Field, Table
from contract_tests.findings import Claim, Source
from contract_tests.rules.reading.matching import Value


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
    def at(
        cls,
        table: Table,
        field: Field,
        message: str,
        *,
        values: tuple[str, ...] = (),
        claims: tuple[Claim, ...] = (),
        suggestion: str | None = None,
        overlay_action: str | None = None,
        certain: bool = True,
    ) -> Problem:
        """A problem with one row of a table, which stands where that row stands."""
        return cls(
            structure=table.name,
            field=field.name,
            source=field.source,
            message=message,
            values=values,
            claims=claims,
            suggestion=suggestion,
            overlay_action=overlay_action,
            certain=certain,
        )

    @classmethod
    def shown(
        cls,
        value: Value,
        message: str,
        *,
        values: tuple[str, ...] = (),
        claims: tuple[Claim, ...] = (),
        suggestion: str | None = None,
        overlay_action: str | None = None,
        certain: bool = True,
    ) -> Problem:
        """A problem with what an example shows for a row, which stands where the example does."""
        return cls(
            structure=value.table.name,
            field=value.field.name,
            source=value.source,
            message=message,
            values=values,
            claims=claims,
            suggestion=suggestion,
            overlay_action=overlay_action,
            certain=certain,
        )


def says(fact: str, source: Source | None = None) -> Claim:
    """What the page says at one spot: one of the contradicting facts of a problem."""
    return Claim("page", fact, source)
