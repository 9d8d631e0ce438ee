"""An example's value against the enumeration of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contract_tests.facts import Field
from contract_tests.findings import Claim
from contract_tests.rules.reading.bodies import Json
from contract_tests.rules.reading.matching import Value
from contract_tests.rules.reading.placeholders import is_placeholder, is_unset
from contract_tests.rules.reading.problem import says

SEPARATOR = re.compile(r"\s*[,;|&-]\s*")


@dataclass(frozen=True, slots=True)
class Stray:
    """A value of an example that its row does not list; `meant` is the one it is but for case."""

    value: Value
    text: str
    meant: str | None

    @property
    def listed(self) -> str:
        """The values that the row lists, for a message."""
        return ", ".join(item.value for item in self.value.field.enum)

    @property
    def claims(self) -> tuple[Claim, Claim]:
        """What the example says and what the row says."""
        row = self.value.field.enum[0].source
        return says(self.text, self.value.source), says(self.listed, row)

    @property
    def extended(self) -> str:
        """The row's list with the example's value: what is answered is there to be answered."""
        return f"{self.listed}, {self.text}"

    @property
    def recased(self) -> list[str]:
        """The row's list in the case of the example, where its values all have the other case."""
        listed = [item.value for item in self.value.field.enum]
        for change in (str.upper, str.lower):
            if change(self.text) == self.text and not any(change(v) == v for v in listed):
                return [change(value) for value in listed]
        return [self.text if value == self.meant else value for value in listed]


def strays(values: Sequence[Value]) -> Iterator[Stray]:
    """The values that are none of those that their rows list, each once a row."""
    seen: set[tuple[str, str, str]] = set()
    for value in values:
        text = _text(value.value)
        if text is None or not _is_closed(value.field) or not _is_single(value):
            continue
        key = (value.table.id, value.field.name, text)
        if key in seen or _is_listed(text, value.field):
            continue
        seen.add(key)
        yield Stray(value, text, _but_for_case(text, value.field))


def _is_closed(field: Field) -> bool:
    return bool(field.enum) and not field.enum_open


def _is_single(value: Value) -> bool:
    """Whether the row's values are meant for it: for the items of an array, not the array."""
    return value.item or value.field.type.kind not in {"array", "map", "object"}


def _text(value: Json) -> str | None:
    """A plain value as a page writes it; None for anything an enumeration says nothing about."""
    if is_unset(value) or is_placeholder(value) or isinstance(value, dict | list):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_listed(text: str, field: Field) -> bool:
    """Whether it is a listed value, or several of them joined; `0/false` lists two."""
    listed = {item.value for item in field.enum}
    listed |= {part for value in listed for part in value.split("/")}
    if field.type.kind == "boolean":
        return text in {value.lower() for value in listed}
    if _is_exemplified(text, field):
        return True
    return text in listed or all(part in listed for part in SEPARATOR.split(text))


def _is_exemplified(text: str, field: Field) -> bool:
    """Whether the row itself gives it as an example, whatever it lists: the row is at odds."""
    given = re.search(r"\b(?:example|for example|e\.g\.)(.*)", field.description, re.IGNORECASE)
    return given is not None and re.search(rf"\b{re.escape(text)}\b", given[1]) is not None


def _but_for_case(text: str, field: Field) -> str | None:
    folded = text.casefold()
    return next((item.value for item in field.enum if item.value.casefold() == folded), None)
