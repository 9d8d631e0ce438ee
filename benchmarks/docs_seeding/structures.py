"""Faults of tables: references, types, names, lists of values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.docs_seeding.edits import (
    Fault,
    at,
    both,
    escaped,
    rename,
    repeat,
    retell,
    retype,
    say,
    unlink,
    unnamed,
    without_list,
    without_row,
    without_table,
)
from benchmarks.docs_seeding.rows import below, described, listing
from contract_tests.facts import Field, Page

OTHER_KIND = {"string": "Integer", "integer": "String", "boolean": "String", "long": "String"}
NOTATIONS = {"String": "str", "Integer": "int", "Boolean": "bool", "Long": "longs"}


def broken_table_reference(page: Page) -> Iterator[Fault]:
    """The table gone, or the link's anchor, or table and link; a number that no table has."""
    for table, field in described(page):
        gone = below(page, field)
        if gone and (field.type.target or "").startswith("#"):
            yield Fault(at(table, field), without_table(gone))
            yield Fault(at(table, field), unlink(field))
            yield Fault(at(table, field), both(unnamed(table, field), without_table(gone)))
        elif field.type.kind == "string":
            yield Fault(at(table, field), say(table, field, "For details, see Table 97."))


def dead_link(page: Page) -> Iterator[Fault]:
    """A link to an anchor that the page lacks, and the name of a source file."""
    for table, field in described(page):
        yield Fault(at(table, field), say(table, field, 'See <a href="#gone">Kilns</a>.'))
        yield Fault(at(table, field), say(table, field, "For details, see ListKilns.xml."))


def duplicate_row(page: Page) -> Iterator[Fault]:
    """A row twice."""
    for table, field in described(page):
        yield Fault(at(table, field), repeat(table, field, field.name))


def empty_enum(page: Page) -> Iterator[Fault]:
    """The values gone, the words before them still there."""
    for table, field in listing(page):
        if field.lead_in:
            yield Fault(at(table, field), without_list(table, field))


def enum_notation(page: Page) -> Iterator[Fault]:
    """One of several lists in one paragraph."""
    lists = [row for row in listing(page) if row[1].type.kind != "boolean"]
    for table, field in lists if len(lists) > 2 else ():
        values = " ".join(f"- {item.value}: {item.meaning or 'so'}" for item in field.enum)
        text = f"Kind of kiln. Options: {values}".replace("&", "&amp;").replace("<", "&lt;")
        yield Fault("operation", retell(table, field, text))


def markup_leak(page: Page) -> Iterator[Fault]:
    """Markup as text."""
    for table, field in described(page):
        yield Fault(at(table, field), say(table, field, "It is **hot**."))
        yield Fault(at(table, field), say(table, field, "It is &lt;b&gt;hot&lt;/b&gt;."))


def name_style(page: Page) -> Iterator[Fault]:
    """One name in camelCase among names in snake_case."""
    names = [field.name for _, field in described(page)]
    snake = {name for name in names if re.fullmatch(r"[a-z]+(?:_[a-z]+)+", name)}
    camel = any(re.fullmatch(r"[a-z]+(?:[A-Z][a-z]+)+", name) for name in names)
    elsewhere = "".join(example.text for example in page.examples)
    elsewhere += "".join(field.description for _, field in described(page))
    for table, field in described(page) if len(snake) > 4 and not camel else ():
        alone = names.count(field.name) == 1 and field.name not in elsewhere
        if field.name in snake and alone and table.role != "path":
            head, *rest = field.name.split("_")
            name = head + "".join(map(str.title, rest))
            yield Fault(f"{table.name}.{name}", rename(table, field, name))


def open_enum(page: Page) -> Iterator[Fault]:
    """A sentence that leaves the values open."""
    said = "The value can be <b>red</b>, <b>white</b>, etc."
    for table, field in described(page):
        if field.type.kind == "string" and not field.enum and not any(listing(page)):
            yield Fault(at(table, field), say(table, field, said))


def orphan_table(page: Page) -> Iterator[Fault]:
    """The only row gone that refers to a table."""
    referred = [field.type.structure for _, field in described(page)]
    texts = "".join(field.description for _, field in described(page))
    shown = "".join(example.text for example in page.examples)
    for _, field in described(page) if page.method else ():
        table = below(page, field)
        once = table and referred.count(table.id) == 1 and field not in table.fields
        unseen = f'"{field.name}"' not in shown
        if table and once and unseen and f"Table {table.number}" not in texts:
            yield Fault(table.name, without_row(field.source.line))


def same_name_two_types(page: Page) -> Iterator[Fault]:
    """One of two rows of a name with another type."""
    first: dict[str, Field] = {}
    for table, field in described(page):
        other = first.setdefault(field.name, field)
        twice = other is not field and other.type.kind == field.type.kind
        plain = field.type.written in {"String", "Integer"} and not field.enum
        if twice and plain and "_" in field.name and table.role != "query":
            yield Fault(at(table, field), retype(table, field, OTHER_KIND[field.type.kind]))


def type_notation(page: Page) -> Iterator[Fault]:
    """A type as a programming language writes it."""
    for table, field in described(page):
        if field.type.written in NOTATIONS:
            yield Fault(at(table, field), retype(table, field, NOTATIONS[field.type.written]))


def untyped_object(page: Page) -> Iterator[Fault]:
    """An object without the name of its structure."""
    for table, field in described(page):
        structure = below(page, field)
        if structure and structure.name != field.name and table.role != "query":
            plain = "Object" if field.type.kind == "object" else "Array of objects"
            text = re.sub(r"Table \d+|see ", "", escaped(field))
            edit = both(retype(table, field, plain), retell(table, field, text))
            yield Fault(at(table, field), edit)
