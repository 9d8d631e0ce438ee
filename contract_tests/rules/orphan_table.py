"""A table describes a structure that no field refers to.

Either the reference was lost, and readers of the field that needs it do not find it, or the table
is a leftover of an earlier version. Where the page has a field whose reference is lost, that field
is what has to be mended, and this finding is not certain.

Fails::

    GET /v1/{id}
    = response 200
    id | String | Thing ID.
    = Disk
    id | String | Disk ID.

Passes::

    GET /v1/{id}
    = response 200
    disk | Disk object | Disk.
    = Disk
    id | String | Disk ID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field, Page
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.untyped import is_lost, is_told_in_words, is_untyped

SEVERITY = Severity.MISLEADS
AREA = "structure"
NUMBER = re.compile(r"\bTable (\d+)\b")


def check(reading: Reading) -> Iterator[Problem]:
    """Find the structures that neither a type cell nor a description names."""
    rows = [field for _, field in reading.rows]
    referred = {field.type.structure for field in rows}
    referred.update(chosen for field in rows for chosen in field.type.alternatives)
    texts = [field.description for field in rows if "Table " in field.description]
    numbers = {int(number) for text in texts for number in NUMBER.findall(text)}
    lost = any(_is_lost(reading.page, field) for field in rows)
    for table in reading.page.tables if reading.page.method else ():
        found = table.id in referred or table.number in numbers
        if table.role == "structure" and table.fields and not found:
            yield Problem(
                structure=table.name,
                message=f"no field refers to {table.name}",
                values=(table.name,),
                source=table.source,
                claims=(says(table.caption, table.source),),
                certain=not lost,
            )


def _is_lost(page: Page, field: Field) -> bool:
    """Whether the row means a structure, and names none that the page has."""
    return is_lost(page, field) or (is_untyped(field) and not is_told_in_words(field))
