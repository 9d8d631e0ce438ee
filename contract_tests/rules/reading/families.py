"""The same structure on several pages: what rules across pages hold against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from contract_tests.facts import Field, Page, Table
from contract_tests.rules.reading.reading import Reading

VERSION = re.compile(r"/?(v\d[\w.]*)/")


@dataclass(frozen=True)
class Member:
    """One page's table of a structure."""

    page: Page
    table: Table

    @property
    def fields(self) -> dict[str, Field]:
        """Its rows by name."""
        return {field.name: field for field in self.table.fields}


@dataclass(frozen=True)
class Family:
    """The tables that describe one structure, one a page, in the order of the pages' stems."""

    name: str
    members: tuple[Member, ...]


def families(readings: Sequence[Reading]) -> Iterator[Family]:
    """The structures that several pages of one service and API version describe.

    Only generated pages name structures for what they are; the captions of hand-written ones name
    the field (`config`), which is another structure on each page. A request's structure may well
    differ from the response's of the same name.
    """
    found: dict[tuple[str, str, str, str], dict[str, Member]] = defaultdict(dict)
    for reading in readings:
        page = reading.page
        if page.style == "generated" and page.uri:
            for table in page.tables:
                if table.role == "structure":
                    key = (*service(page), table.section, table.name)
                    found[key].setdefault(page.operation, Member(page, table))
    for (*_, name), members in found.items():
        if len(members) > 1:
            yield Family(name, tuple(members[stem] for stem in sorted(members)))


def service(page: Page) -> tuple[str, str]:
    """What keeps APIs apart: the folder of the page, the version in its URI."""
    version = VERSION.match(page.uri or "")
    return str(PurePath(page.file).parent), version[1] if version else ""
