"""Whether a row means an object and nothing says what is in it."""

from __future__ import annotations

import re

from contract_tests.facts import Field, Page

IN_WORDS = re.compile(
    r"key[- ](?:and[- ])?value|label-value|any key|user-defined|map ?<"
    r"|\btype (?:is|of)\b|\bof the \w+ type\b",
    re.IGNORECASE,
)


NAMED = re.compile(r"(?:array of )?(?!json\b)([A-Z]\w+) (?:object|structure)s?", re.IGNORECASE)


def named_structure(field: Field) -> str | None:
    """The structure that a type names without a link: `Foo` of `Array of Foo objects`."""
    if field.type.kind not in {"object", "array"} or _names_structure(field):
        return None
    named = NAMED.fullmatch(field.type.written)
    return named[1] if named and named[1][0].isupper() else None


def is_lost(page: Page, field: Field) -> bool:
    """Whether a type refers to a table that the page lacks; RST names tables of any page alike."""
    meant = field.type
    here = page.dialect == "rst" or (meant.target or "").startswith("#")
    return bool(meant.target) and here and not (meant.structure or meant.alternatives)


def is_untyped(field: Field) -> bool:
    """Whether objects are meant, and the row names neither a structure nor a choice of values."""
    meant = field.type
    objects = meant.kind == "object" or (meant.kind == "array" and meant.items == "object")
    return objects and not (_names_structure(field) or named_structure(field) or field.enum)


def holds_anything(field: Field) -> bool:
    """Whether an array is meant and nobody says of what."""
    meant = field.type
    unsaid = meant.kind == "array" and meant.items is None
    return unsaid and not (_names_structure(field) or field.enum)


def is_told_in_words(field: Field) -> bool:
    """Whether the description says what is in it, or that the keys are the user's own."""
    return IN_WORDS.search(field.description) is not None


def _names_structure(field: Field) -> bool:
    meant = field.type
    return bool(meant.structure or meant.target or meant.alternatives)
