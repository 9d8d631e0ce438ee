"""A page with what the rules ask of it, each part worked out when first asked and then kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from contract_tests.facts import Field, Page, Table


@dataclass(frozen=True)
class Reading:
    """One page as rules read it; lives as long as the run over that page."""

    page: Page

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables by id, which is what a type cell refers to."""
        return {table.id: table for table in self.page.tables}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Table, ...]]:
        """The tables by name; homonyms stand together."""
        found: dict[str, tuple[Table, ...]] = {}
        for table in self.page.tables:
            found[table.name] = (*found.get(table.name, ()), table)
        return found

    def structure(self, field: Field) -> Table | None:
        """The table that the field's type cell refers to."""
        return self.tables.get(field.type.structure) if field.type.structure else None

    def rows(self) -> Iterator[tuple[Table, Field]]:
        """Every row of every table, in the page's order."""
        for table in self.page.tables:
            for field in table.fields:
                yield table, field
