"""The names of an example's object against the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contract_tests.facts import Field, Table
from contract_tests.rules.reading.matching import Object
from contract_tests.rules.reading.placeholders import is_placeholder

FAULT = frozenset({"error_code", "error_msg", "error_message", "error", "code", "message"})
"""The names of an error's body, which vendors document once for all operations."""


def shares(owner: Object) -> bool:
    """Whether object and table have a name in common, so that they can be compared."""
    return any(field.name in owner.members for field in owner.table.fields)


def is_fault(owner: Object) -> bool:
    """Whether the object is the body of an error."""
    return bool(owner.members) and not owner.path and FAULT.issuperset(owner.members)


def is_foreign(owner: Object) -> bool:
    """Whether object and table, neither of them empty, have not a single name in common."""
    if not owner.members or not owner.table.fields or owner.table.role in {"path", "query"}:
        return False
    return not shares(owner) and not is_fault(owner)


def _is_of_no_table(owner: Object) -> bool:
    """Whether nothing says that the body is what the URI's table describes."""
    return not owner.body.is_query and owner.table.role in {"path", "query"} and not shares(owner)


def owner_elsewhere(owner: Object, tables: Iterable[Table]) -> Table | None:
    """Another table that has all the names of an object of which its own has none."""
    if not is_foreign(owner):
        return None
    names = set(owner.members)
    return next((t for t in tables if names <= {field.name for field in t.fields}), None)


def unknown(owner: Object, tables: Iterable[Table]) -> Iterator[str]:
    """The names that no row of a table offered for the object has.

    None where the whole object is out of place: that is one fault, not one for each name.
    """
    if is_fault(owner) or (not owner.path and is_foreign(owner)) or _is_of_no_table(owner):
        return
    if owner_elsewhere(owner, tables):
        return
    rows = {field.name for table in owner.offered for field in table.fields}
    yield from (name for name in owner.members if name not in rows and not is_placeholder(name))


def missing(owner: Object) -> Iterator[Field]:
    """The rows of the table that the object leaves out."""
    yield from (field for field in owner.table.fields if field.name not in owner.members)
