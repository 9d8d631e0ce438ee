"""A page with what the rules ask of it, each part worked out when first asked and then kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from contract_tests.facts import Example, Field, Page, Table
from contract_tests.rules.reading.bodies import Body, read_body, read_query
from contract_tests.rules.reading.calls import own
from contract_tests.rules.reading.conditions import Mention, mentions
from contract_tests.rules.reading.enums import Stray, strays
from contract_tests.rules.reading.matching import Matching, Object, Value, match, structures
from contract_tests.rules.reading.twins import twins

SENT = frozenset({"path", "query", "header", "request"})
ELSEWHERE = frozenset({"path", "query"})
"""Older pages list the fields of a request's body beneath its URI."""


@dataclass(frozen=True)
class Reading:
    """One page as rules read it; lives as long as the run over that page."""

    page: Page

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables by id, which is what a type cell refers to."""
        return {table.id: table for table in self.page.tables}

    @cached_property
    def by_field(self) -> Mapping[str, tuple[tuple[Table, Field], ...]]:
        """The rows by the name of their field; homonyms stand together."""
        found: dict[str, list[tuple[Table, Field]]] = {}
        for table, field in self.rows:
            found.setdefault(field.name, []).append((table, field))
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Table, ...]]:
        """The tables by name; homonyms stand together."""
        found: dict[str, tuple[Table, ...]] = {}
        for table in self.page.tables:
            found[table.name] = (*found.get(table.name, ()), table)
        return found

    def structure(self, field: Field) -> Table | None:
        """The table that the field's type cell refers to, None for none or for several."""
        return self.tables.get(field.type.structure) if field.type.structure else None

    def structures(self, field: Field) -> tuple[Table, ...]:
        """All tables that may describe what the field holds."""
        return structures(field, self.tables)

    def holders(self, table: Table) -> tuple[Table, ...]:
        """The tables of which a row refers to this one, or at least has its name."""
        named = (holder for holder, _ in self.by_field.get(table.name, ()))
        return self._holders.get(table.id) or tuple(named)

    @cached_property
    def _holders(self) -> Mapping[str, tuple[Table, ...]]:
        found: dict[str, tuple[Table, ...]] = {}
        for holder, field in self.rows:
            for table in self.structures(field):
                found[table.id] = (*found.get(table.id, ()), holder)
        return found

    @cached_property
    def answered(self) -> frozenset[str]:
        """The ids of tables that describe only what the service answers, nothing that is sent."""
        sent = self._below(table for table in self.page.tables if table.role in SENT)
        answers = self._below(table for table in self.page.tables if table.role == "response")
        return frozenset(answers - sent)

    def _below(self, roots: Iterable[Table]) -> set[str]:
        """The ids of these tables and of all that their rows refer to."""
        found: set[str] = set()
        todo = list(roots)
        while todo:
            table = todo.pop()
            if table.id not in found:
                found.add(table.id)
                todo += [t for field in table.fields for t in self.structures(field)]
        return found

    @cached_property
    def rows(self) -> tuple[tuple[Table, Field], ...]:
        """Every row of every table, in the page's order."""
        return tuple((table, field) for table in self.page.tables for field in table.fields)

    def saying(self, *parts: str) -> Iterator[tuple[Table, Field]]:
        """The rows whose description has one of these parts, given in lower case, in any case.

        Most pages have none; a rule asks so before it searches each description for a pattern.
        """
        present = [part for part in parts if part in self._prose]
        for row, text in zip(self.rows, self._texts, strict=True) if present else ():
            for part in present:
                if part in text:
                    yield row
                    break

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(field.description.lower() for _, field in self.rows)

    @cached_property
    def _prose(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The examples of the page's own operation."""
        return own(self.page)

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """The bodies of those examples that are meant as JSON."""
        return tuple(body for example in self.examples if (body := read_body(example)))

    @cached_property
    def matchings(self) -> tuple[Matching, ...]:
        """Each readable body, and each query string, beside the tables."""
        asked = (read_query(example) for example in self.examples)
        return (
            *(match(b, self.roots(b.example), self.tables) for b in self.bodies if b.readable),
            *(match(body, self._query_tables, self.tables) for body in asked if body),
        )

    @cached_property
    def _query_tables(self) -> tuple[Table, ...]:
        """The tables that may describe a query string; older pages call them by other names."""
        named = tuple(table for table in self.page.tables if table.role == "query")
        roles = {"path", "request"} if self.page.method in {"GET", "DELETE"} else {"path"}
        return named or tuple(table for table in self.page.tables if table.role in roles)

    @cached_property
    def objects(self) -> tuple[Object, ...]:
        """Every object of the examples that a table describes."""
        return tuple(part for matching in self.matchings for part in matching.objects)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Every value of the examples that a row documents."""
        return tuple(part for matching in self.matchings for part in matching.values)

    @cached_property
    def strays(self) -> tuple[Stray, ...]:
        """The values of the examples that their rows do not list."""
        return tuple(strays(self.values))

    @cached_property
    def twins(self) -> tuple[tuple[Table, Field, Field], ...]:
        """Rows that repeat the description of an earlier row of their table, with that row."""
        return tuple(twins(self.page.tables))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What descriptions say of the values of other rows."""
        return tuple(mentions(self.rows, self.by_field, self.holders))

    def roots(self, example: Example) -> tuple[Table, ...]:
        """The tables that may describe an example's whole body."""
        tables = [table for table in self.page.tables if table.role == example.role]
        if example.role == "response" and example.status:
            fitting = [t for t in tables if t.status in {None, example.status}]
            tables = fitting or tables
        if not tables and example.role == "request":
            tables = [table for table in self.page.tables if table.role in ELSEWHERE]
        return tuple(tables)
