"""Faults between pages, or between the tables of one."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.docs_seeding.drafts import Draft
from benchmarks.docs_seeding.edits import Fault, at, retype, reword, without_row, without_value
from benchmarks.docs_seeding.rows import described, listing
from benchmarks.docs_seeding.structures import OTHER_KIND
from contract_tests.facts import Page


def confusable_values(page: Page) -> Iterator[Fault]:
    """A value in another case than on other pages."""
    for table, field in listing(page):
        value = max((item.value for item in field.enum), key=len)
        once = field.description.count(value) == 1
        if field.type.kind == "string" and len(value) > 3 and value.swapcase() != value and once:
            yield Fault(at(table, field), reword(table, field, value, value.swapcase()))


def enum_differs(page: Page) -> Iterator[Fault]:
    """A value gone that other pages list, or the other copy of the row."""
    for table, field in listing(page):
        edit = without_value(table, field, field.enum[-1].value)
        if table.role == "structure" and len(field.enum) > 2:
            yield Fault(at(table, field), edit)
        for other_table, other in listing(page):
            same = (other.name, other.description) == (field.name, field.description)
            if same and table is not other_table and field.type.kind == "string":
                yield Fault(at(table, field), edit)


def limit_differs(page: Page) -> Iterator[Fault]:
    """A limit one more than on other pages."""
    for table, field in described(page):
        for bound in (field.limits.maximum, field.limits.max_length):
            if table.role == "structure" and bound and f"{bound:g}" in field.description:
                edit = reword(table, field, f"{bound:g}", f"{bound + 1:g}")
                yield Fault(at(table, field), edit)


def same_uri_two_pages(page: Page) -> Iterator[Fault]:
    """A second page of the operation: the same one under another name."""
    if page.method and page.uri:
        yield Fault("operation", _as_it_is)


def _as_it_is(draft: Draft) -> None:
    """Edit nothing."""
    del draft


def structure_differs(page: Page) -> Iterator[Fault]:
    """A row less, or of another type, than on other pages."""
    for table, field in described(page):
        if table.role == "structure" and len(table.fields) > 3:
            yield Fault(at(table, field), without_row(field.source.line))
            if field.type.kind in OTHER_KIND and not field.enum:
                yield Fault(at(table, field), retype(table, field, OTHER_KIND[field.type.kind]))
