"""The same structure on several pages: what rules across pages hold against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple, TypeVar

from contract_tests.facts import Field, Page, Table
from contract_tests.rules.reading.reading import Reading

VERSION = re.compile(r"/?(v\d[\w.]*)/")
ALIKE = 0.5
"""The share of fields in common from which on two tables of one name are one structure."""

T = TypeVar("T", bound=Hashable)


class Copy(NamedTuple):
    """A row that others may have in the same words."""

    page: Page
    table: Table
    field: Field


@dataclass(frozen=True)
class Member:
    """One page's table of a structure, and its rows by name."""

    page: Page
    table: Table
    fields: dict[str, Field]

    def row(self, name: str) -> Copy:
        """The row of that name, with where it stands."""
        return Copy(self.page, self.table, self.fields[name])


@dataclass(frozen=True)
class Family:
    """The tables that describe one structure, one a page, in the order of the pages' names."""

    name: str
    members: tuple[Member, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The rows that any of them has, each name once."""
        return tuple(dict.fromkeys(name for member in self.members for name in member.fields))

    def odd_rows(
        self, name: str, trait: Callable[[Field], T | None]
    ) -> Iterator[tuple[Copy, Copy]]:
        """The rows of one name whose trait is not the usual one, each with a usual row."""

        def of_row(member: Member) -> T | None:
            return trait(member.fields[name]) if name in member.fields else None

        for odd, usual in self.odd(of_row):
            yield odd.row(name), usual.row(name)

    def odd(self, trait: Callable[[Member], T | None]) -> Iterator[tuple[Member, Member]]:
        """One member for each value of a trait that is not the usual one, and a usual member.

        Members without the trait are left out; between equals the earlier page is the usual one.
        """
        found: dict[T, list[Member]] = defaultdict(list)
        for member in self.members:
            value = trait(member)
            if value is not None:
                found[value].append(member)
        usual = max(found.values(), key=len, default=[])
        for members in found.values():
            if members is not usual:
                yield members[0], usual[0]


class Readings(tuple[Reading, ...]):
    """The pages of a run, with what rules across pages ask of them."""

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The structures that several pages of one service and API version describe."""
        return tuple(_families(self))

    @cached_property
    def homonyms(self) -> tuple[tuple[Copy, ...], ...]:
        """The rows of one name in structures of one name, of one service and API version each."""
        found: dict[tuple[object, str, str], list[Copy]] = defaultdict(list)
        for reading in self:
            whose = service(reading.page)
            for table in reading.page.tables:
                for field in table.fields if table.role == "structure" else ():
                    copy = Copy(reading.page, table, field)
                    found[whose, table.name, field.name].append(copy)
        return tuple(tuple(rows) for rows in found.values() if len(rows) > 1)


def _families(readings: Readings) -> Iterator[Family]:
    """The structures that several pages describe, each with its tables.

    A request's structure may well differ from the response's of the same name, so the section is
    part of what keeps them apart; so is likeness, as hand-written pages name a structure after
    the field that holds it (`config`), which is another one on each page.
    """
    found: dict[tuple[str, ...], dict[str, Member]] = defaultdict(dict)
    for reading in readings:
        page = reading.page
        whose = service(page)
        for table in page.tables if page.method else ():
            if table.role == "structure" and table.fields:
                key = (*whose, table.section, table.name)
                member = Member(page, table, {field.name: field for field in table.fields})
                found[key].setdefault(page.operation, member)
    for (*_, name), by_operation in found.items():
        members = [by_operation[operation] for operation in sorted(by_operation)]
        alike = tuple(member for member in members if _are_alike(members[0], member))
        if len(alike) > 1:
            yield Family(name, alike)


def service(page: Page) -> tuple[str, str]:
    """What keeps APIs apart: the folder of the page, the version in its URI."""
    version = VERSION.match(page.uri or "")
    return str(PurePath(page.file).parent), version[1] if version else ""


def _are_alike(one: Member, other: Member) -> bool:
    shared = one.fields.keys() & other.fields.keys()
    return len(shared) >= ALIKE * len(one.fields.keys() | other.fields.keys())
