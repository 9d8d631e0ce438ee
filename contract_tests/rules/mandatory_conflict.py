"""The column says that a parameter is mandatory, its description that it is not, or the reverse.

Generated clients follow the column: they demand what may be left out, or let through what the
service refuses.

Fails::

    POST /v1/disks
    = request
    path | Yes | String | Path of the disk. By default, this parameter is left blank.

Passes::

    POST /v1/disks
    = request
    path | No | String | Path of the disk. By default, this parameter is left blank.
    size | No | Integer | Size of the disk. This parameter is mandatory when path is set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.facts import Field, Table
from contract_tests.findings import Severity
from contract_tests.rules.reading import Problem, Reading, says
from contract_tests.rules.reading.calls import target

SEVERITY = Severity.BREAKS_CLIENTS
AREA = "prose"

OPTIONAL = re.compile(
    r"\bthis (?:parameter|field) is optional\b|\(optional\)|^optional\b|\bwhich is optional\b"
    r"|\bby default, (?:this|the) (?:parameter|field|value) is left blank\b"
    r"|\b(?:parameter|field|value) is left blank by default\b|\bis empty by default\b",
    re.IGNORECASE,
)
MANDATORY = re.compile(r"(?:^|(?<=[.;] ))This (?:parameter|field) is mandatory\.(?= |$)")
SIGNS = ("optional", "left blank", "empty by default", "mandatory", "ignored when", "need to set")
"""One of these is in every description that one of the patterns finds: quick to see."""
CONDITIONAL = re.compile(
    r"\bmandatory (?:and \w+ be specified )?(?:only )?(?:when|if)\b|\bwill be ignored when\b"
    r"|\bnot need to set\b",
    re.IGNORECASE,
)


def check(reading: Reading) -> Iterator[Problem]:
    """Rows whose description cannot hold beside their column."""
    in_path = target(reading.page.uri).segments if reading.page.uri else ()
    for table, field in reading.rows:
        if field.mandatory is None:
            continue
        if field.mandatory:
            yield from _not_so_mandatory(table, field)
        elif f"{{{field.name}}}" in in_path and table.role == "path":
            yield _problem(table, field, "it stands in the URI")
        elif "mandatory." in field.description and (match := MANDATORY.search(field.description)):
            yield _problem(table, field, match.group())


def _not_so_mandatory(table: Table, field: Field) -> Iterator[Problem]:
    text = field.description
    signed = any(sign in text.lower() for sign in SIGNS)
    if signed and (match := OPTIONAL.search(text)):
        yield _problem(table, field, match.group())
    elif signed and (match := CONDITIONAL.search(text)):
        yield _problem(table, field, match.group(), certain=False)
    elif field.default is not None:
        yield _problem(table, field, f"default {field.default}", certain=False)


def _problem(table: Table, field: Field, words: str, *, certain: bool = True) -> Problem:
    column = field.mandatory_written or ("Yes" if field.mandatory else "No")
    return Problem.at(
        table,
        field,
        f'{field.name} is mandatory: {column}, but the description says "{words}"',
        values=(column, words.lower()),
        claims=(says(f"mandatory: {column}", field.source), says(words, field.source)),
        suggestion="No" if field.mandatory else "Yes",
        certain=certain,
    )
