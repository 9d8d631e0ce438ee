"""Finds parts of a document: by their location, by a `$ref`, in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from contract_tests.contract.documents import Document, Location
from contract_tests.errors import InputError


def part(data: Any, location: Location) -> Any:
    """What stands at `location`; raises LookupError, TypeError or ValueError where nothing does."""
    for step in location:
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


def located(data: Any, steps: Iterable[str | int]) -> Location:
    """Steps as the data has them: a key that is all digits is text, an index a number."""
    found: list[str | int] = []
    for step in steps:
        found.append(int(step) if isinstance(data, list) else str(step))
        data = data[found[-1]]
    return tuple(found)


def ref_location(ref: str) -> Location:
    """`#/components/schemas/Lease` as a location; ValueError for a reference to another file."""
    if ref != "#" and not ref.startswith("#/"):
        raise ValueError(ref)
    steps = unquote(ref[1:]).split("/")[1:]
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in steps)


def resolve(document: Document, at: Location) -> tuple[Location, Any]:
    """Follow the `$ref`s from `at` to where there is none, and what stands there.

    Raises:
        InputError: a reference leads out of the document, nowhere, or round in a circle.
    """
    seen: list[Location] = []
    while True:
        value = part(document.data, at)
        ref = value.get("$ref") if isinstance(value, dict) else None
        if ref is None:
            return at, value
        seen.append(at)
        at = _followed(document, at, ref, seen)


def _followed(document: Document, at: Location, ref: Any, seen: list[Location]) -> Location:
    source = document.source((*at, "$ref"))
    if not isinstance(ref, str) or not ref.startswith("#"):
        problem, remedy = f"$ref {ref!r} leads out of this document", "use #/components/…"
        raise InputError(problem, remedy, source.file, source.line)
    try:
        target = located(document.data, ref_location(ref))
    except (LookupError, TypeError, ValueError):
        problem, remedy = f"$ref {ref!r} leads nowhere", "name a part that exists"
        raise InputError(problem, remedy, source.file, source.line) from None
    if target in seen:
        problem, remedy = f"$ref {ref!r} goes round in a circle", "break the circle"
        raise InputError(problem, remedy, source.file, source.line)
    return target


def json_path(location: Location) -> str:
    """A location as JSONPath: `$.action_progress[0].step`, odd names quoted."""
    return "$" + "".join(_step(step) for step in location)


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if step.isidentifier() and step.isascii():
        return f".{step}"
    escaped = step.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{escaped}']"
