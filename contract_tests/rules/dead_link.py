"""A link leads nowhere, or a reference names a file that is no page.

Anchors that the page does not have, empty targets, and names of source files (`ListImage.xml`)
left over from before the page was built. A link to another page is not judged: the page may be
elsewhere.

Fails::

    GET /v1/{id}
    = response 200
    image | String | Image ID. For details, see ListImage.xml.

Fails::

    GET /v1/{id}
    = response 200
    image | String | Image ID. For details, see [Images](#Sample__nowhere).

Passes::

    GET /v1/{id}
    = response 200
    image | String | Image ID. For details, see [Images](ListImage.html). Reads config.json.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from contract_tests.facts import Field, Link, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says

SEVERITY = Severity.MISLEADS
AREA = "structure"
SOURCE_FILE = re.compile(r"\b(?:see|refer to)\s+([\w-]+\.(?:xml|dita|ditamap|docx?|md|rst))\b")
LOST = re.compile(r"\bFor (?:more )?(?:details|information)\b[^.]*?, see\s*(?=\.(?:\s|$))")
TABLE = re.compile(r"Table \d+")


def check(reading: Reading) -> Iterator[Problem]:
    """Find the links without a target, and the references that were no links to begin with."""
    for table, field in reading.saying("see", "refer to"):
        for name in dict.fromkeys(SOURCE_FILE.findall(field.description)):
            yield Problem.at(
                table,
                field,
                f"the reference to {name} is no link, and no page has that name",
                values=(name,),
                claims=(says(name, field.source),),
            )
        for lost in LOST.findall(field.description):
            yield Problem.at(
                table,
                field,
                f"{lost.strip()!r} names nothing to see",
                values=("",),
                claims=(says(lost, field.source),),
            )
    yield from _links(reading)


def _links(reading: Reading) -> Iterator[Problem]:
    """Links to anchors that the page lacks; those to tables are `broken-table-reference`."""
    types = {field.type.target for _, field in reading.rows}
    numbers = {f"Table {table.number}" for table in reading.page.tables}
    for link in reading.page.links:
        empty = link.target.strip() in {"", "#"}
        if empty or (link.resolved is False and not _is_told(link, types, numbers)):
            table, field = _row(reading, link) or (None, None)
            yield Problem(
                structure=table.name if table else "operation",
                field=field.name if field else "",
                message=f"the link {link.text!r} leads to {link.target or 'nothing'!r}, "
                "which is not on the page",
                values=(link.target,),
                source=link.source,
                claims=(says(f"{link.text}: {link.target}", link.source),),
            )


def _is_told(link: Link, types: Set[str | None], numbers: Set[str]) -> bool:
    """Whether `broken-table-reference` tells: a type's link, a table that the page lacks."""
    text = link.text.strip()
    return link.target in types or bool(TABLE.fullmatch(text) and text not in numbers)


def _row(reading: Reading, link: Link) -> tuple[Table, Field] | None:
    """The row that the link stands in."""
    rows = [row for row in reading.rows if row[1].source.line <= link.source.line]
    nearest = max(rows, key=lambda row: row[1].source.line, default=None)
    return nearest if nearest and link.text in nearest[1].description else None
