"""What can be done to a page: each function makes an edit of one kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from lxml import etree

from benchmarks.docs_seeding.drafts import Draft, drop, fill, replace, rows
from contract_tests.docs.reading.markup import counted_line
from contract_tests.facts import Example, Field, Table

Edit: TypeAlias = Callable[[Draft], None]
VALUE = r'"[^"]*"|\d+|true|false'


class Fault(NamedTuple):
    """A fault: the place to be named (`VolumeRes.category`), and the edit that makes it."""

    at: str
    edit: Edit


def at(table: Table, field: Field) -> str:
    """The place of a row, as findings name it."""
    return f"{table.name}.{field.name}"


def say(table: Table, field: Field, markup: str) -> Edit:
    """Let a description say something more."""
    return lambda draft: draft.told(table, field).append(etree.fromstring(f"<p>{markup}</p>"))


def retell(table: Table, field: Field, text: str) -> Edit:
    """Let a description say something else."""
    return lambda draft: fill(draft.told(table, field), text)


def reword(table: Table, field: Field, old: str, new: str) -> Edit:
    """Replace a word of a description."""
    return lambda draft: replace(draft.told(table, field), old, new)


def retype(table: Table, field: Field, written: str) -> Edit:
    """Write another type."""
    return lambda draft: fill(draft.type(table, field), written)


def rename(table: Table, field: Field, name: str) -> Edit:
    """Give a row another name."""
    return lambda draft: fill(draft.name(table, field), name)


def require(table: Table, field: Field, written: str) -> Edit:
    """Say otherwise whether a row is mandatory."""
    return lambda draft: fill(draft.mandatory(table, field), written)


def repeat(table: Table, field: Field, name: str) -> Edit:
    """Let a row stand twice, the second time under that name."""

    def edit(draft: Draft) -> None:
        row = draft.row(field)
        row.addnext(etree.fromstring(etree.tostring(row, with_tail=False)))
        again = row.getnext()
        if again is None:
            raise LookupError(name)
        fill(again[list(row).index(draft.name(table, field))], name)

    return edit


def without_row(line: int) -> Edit:
    """Take the row out that stands on that line."""
    return lambda draft: drop(next(row for row in rows(draft) if counted_line(row) == line))


def without_table(table: Table) -> Edit:
    """Take a table out."""
    return lambda draft: drop(draft.table(table))


def without_value(table: Table, field: Field, value: str) -> Edit:
    """Take one value out of a list."""

    def edit(draft: Draft) -> None:
        for item in draft.told(table, field).iter("li"):
            if "".join(map(str, item.itertext())).strip().startswith(value):
                drop(item)
                return
        raise LookupError(value)

    return edit


def without_list(table: Table, field: Field) -> Edit:
    """Take the list of values out."""
    return lambda draft: drop(next(draft.told(table, field).iter("ul", "ol")))


def with_item(table: Table, field: Field, markup: str) -> Edit:
    """Let a list have one item more."""

    def edit(draft: Draft) -> None:
        listed = next(draft.told(table, field).iter("ul", "ol"))
        listed.append(etree.fromstring(f"<li><p>{markup}</p></li>"))

    return edit


def unlink(field: Field) -> Edit:
    """Let the links of a row lead nowhere."""

    def edit(draft: Draft) -> None:
        for link in draft.row(field).iter("a"):
            link.set("href", "#nowhere")

    return edit


def unnamed(table: Table, field: Field) -> Edit:
    """Leave the text of a type's link and take the link away."""
    return lambda draft: etree.strip_tags(draft.type(table, field), "a")


def rewrite(example: Example, pattern: str, text: str) -> Edit:
    """Replace what a pattern finds first in an example."""
    return lambda draft: draft.rewrite(example, pattern, text)


def show(field: Field, example: Example, value: str) -> Edit:
    """Let an example show another value for a row."""
    pattern = rf'("{re.escape(field.name)}"\s*:\s*)({VALUE})'
    return rewrite(example, pattern, rf"\g<1>{value}")


def both(first: Edit, second: Edit) -> Edit:
    """Make two edits."""

    def edit(draft: Draft) -> None:
        first(draft)
        second(draft)

    return edit


def escaped(field: Field) -> str:
    """A description as markup."""
    return field.description.replace("&", "&amp;").replace("<", "&lt;")
