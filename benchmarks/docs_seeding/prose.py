"""Faults of descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.docs_seeding.edits import (
    Fault,
    at,
    escaped,
    repeat,
    require,
    retell,
    retype,
    say,
    with_item,
    without_value,
)
from benchmarks.docs_seeding.rows import described, listing
from contract_tests.facts import Field, Page

PAIRS = (("create", "update"), ("start", "end"), ("created", "updated"))
UNITS = {"ms": ("millisecond", "second"), "s": ("second", "hour"), "GB": ("GB", "MB")}
QUANTITY = re.compile(r"(?:^|_)(?:duration|timeout|interval|delay|capacity|memory|time)$|_at$")


def copied_description(page: Page) -> Iterator[Fault]:
    """The description of a sibling, and that of a chapter."""
    for table, field in described(page):
        for a, b in PAIRS:
            for other in table.fields:
                pair = field.name != other.name == field.name.replace(a, b)
                if pair and a[:4] in field.description.lower():
                    yield Fault(at(table, other), retell(table, other, escaped(field)))
        if field.type.kind == "string":
            text = "This section describes how to create a kiln."
            yield Fault(at(table, field), retell(table, field, text))


def dangling_field_reference(page: Page) -> Iterator[Fault]:
    """A condition on a field that the page does not have."""
    for table, field in described(page):
        for said in (
            "This parameter is valid only when kiln_kind is set to <b>wood</b>.",
            "This parameter is available if <b>kilnKind</b> is specified.",
        ):
            yield Fault(at(table, field), say(table, field, said))


def default_conflict(page: Page) -> Iterator[Fault]:
    """A default that is not listed, and a second default."""
    for table, field in listing(page):
        if field.type.kind == "string":
            yield Fault(at(table, field), say(table, field, "The default value is <b>KILN</b>."))
    for table, field in described(page):
        if field.default and field.default.isdigit() and field.type.kind == "integer":
            other = f"The default value is <b>{int(field.default) + 1}</b>."
            yield Fault(at(table, field), say(table, field, other))


def duplicate_field(page: Page) -> Iterator[Fault]:
    """A row once more under a longer name."""
    for table, field in listing(page):
        if "reserved" not in field.description:
            name = f"{field.name}_2"
            yield Fault(f"{table.name}.{name}", repeat(table, field, name))


def field_with_two_meanings(page: Page) -> Iterator[Fault]:
    """A value listed twice, with two meanings."""
    for table, field in listing(page):
        item = field.enum[0]
        if item.meaning and item.item:
            markup = f"<b>{item.value}</b>: The kiln has cooled down."
            yield Fault(at(table, field), with_item(table, field, markup))


def inverted_condition(page: Page) -> Iterator[Fault]:
    """A deadline that ends what it has not reached."""
    said = "Once start time plus duration is later than the current time, the kiln is stopped."
    for table, field in described(page):
        if "duration" in field.name and field.type.kind in {"integer", "long"}:
            yield Fault(at(table, field), say(table, field, said))


def mandatory_conflict(page: Page) -> Iterator[Fault]:
    """A mandatory row that is called optional; a parameter of the path that is not mandatory."""
    for table, field in described(page):
        if field.mandatory and not re.search("mandatory|optional", field.description):
            yield Fault(at(table, field), say(table, field, "This parameter is optional."))
            if table.role == "path" and f"{{{field.name}}}" in (page.uri or ""):
                yield Fault(at(table, field), require(table, field, "No"))


def prose_enum_case(page: Page) -> Iterator[Fault]:
    """A default in another case than the list has it."""
    for table, field in listing(page):
        values = {item.value for item in field.enum}
        other = field.enum[0].value.swapcase()
        if other not in values and field.type.kind == "string" and not field.defaults:
            said = f"The default value is <b>{other}</b>."
            yield Fault(at(table, field), say(table, field, said))


def request_wording_in_response(page: Page) -> Iterator[Fault]:
    """Words for somebody who writes a request."""
    for table, field in described(page, "response"):
        for said in (
            "This parameter is mandatory.",
            "If this parameter is not specified, 1 is used.",
        ):
            yield Fault(at(table, field), say(table, field, said))


def type_contradicts_description(page: Page) -> Iterator[Fault]:
    """A type that the listed values do not have, and decimals of a whole number."""
    for table, field in listing(page):
        if field.type.kind == "string" and not any(item.value.isdigit() for item in field.enum):
            for wrong in ("Integer", "Boolean"):
                yield Fault(at(table, field), retype(table, field, wrong))
    for table, field in described(page):
        if field.type.kind == "integer":
            yield Fault(at(table, field), say(table, field, "The value can be a decimal."))


def unit_conflict(page: Page) -> Iterator[Fault]:
    """Another unit than the row of the same words has."""
    first: dict[str, Field] = {}
    for table, field in described(page):
        unit, other = field.limits.unit or "", first.setdefault(field.name, field)
        same = other is not field and other.description == field.description
        if same and unit in UNITS and UNITS[unit][0] in field.description:
            text = escaped(field).replace(*UNITS[unit])
            yield Fault(at(table, field), retell(table, field, text))


def unit_missing(page: Page) -> Iterator[Fault]:
    """A quantity whose description names no unit any more."""
    for table, field in described(page):
        beside = any("unit" in other.name for other in table.fields)
        whole = field.type.kind in {"integer", "long"} and field.limits.unit
        if whole and QUANTITY.search(field.name) and not beside:
            yield Fault(at(table, field), retell(table, field, "Figure of the kiln."))


def value_missing_from_enum(page: Page) -> Iterator[Fault]:
    """A value gone that another row's condition names, or the sentence above the list."""
    for table, field in listing(page):
        told = re.search(r"value can be ([^.:]*)\.", field.description)
        if told and all(item.value in told[1] for item in field.enum):
            yield Fault(at(table, field), without_value(table, field, field.enum[-1].value))
        for other in table.fields:
            for item in field.enum if len(field.enum) > 2 and not told else ():
                said = rf"\b{field.name} is (?:set to )?\W?{re.escape(item.value)}\b"
                if other is not field and re.search(said, other.description):
                    edit = without_value(table, field, item.value)
                    yield Fault(at(table, other), edit)
