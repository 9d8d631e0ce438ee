"""Whether an example request calls what its page is about, or something else on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote_plus

from contract_tests.facts import Example, Page

Fit = Literal["same", "near", "other"]

HOST = re.compile(r"^(?:[a-z]+:)?//[^/]*|^\{[^/]*\}(?=/)", re.IGNORECASE)
PARAMETER = re.compile(r"\{[^/]*\}")
ALIKE = 0.6
"""The share of segments from which on a wrong URI is a slip, not another operation."""


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a request line, taken apart."""

    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...]
    slips: tuple[str, ...]
    """What no client could send: `//`, `??`, a blank."""


@lru_cache(maxsize=256)
def target(uri: str) -> Target:
    """Take a URI or URI template apart: without scheme, host and empty segments."""
    path, _, query = uri.strip().partition("?")
    path = HOST.sub("", path)
    slips = [text for text, found in _slips(path, query) if found]
    pairs = (part.strip().partition("=") for part in query.lstrip("?").split("&") if part.strip())
    return Target(
        tuple(part.strip() for part in path.split("/") if part.strip()),
        tuple((name, unquote_plus(value)) for name, _, value in pairs),
        tuple(slips),
    )


def _slips(path: str, query: str) -> Iterator[tuple[str, bool]]:
    yield "//", "//" in path
    yield "??", query.startswith("?")
    yield "blank", bool(re.search(r"\s", path.strip()) or path.endswith(" ") or "& " in query)


def fit(page: Page, example: Example) -> Fit:
    """Whether the example's request line is the page's method and URI, nearly, or another's."""
    if example.uri is None or page.uri is None:
        return "same"
    template, called = target(page.uri).segments, target(example.uri).segments
    same_path = len(template) == len(called) and all(map(_fills, template, called))
    if same_path and example.method in {page.method, None}:
        return "same"
    alike = sum(map(_fills, template, called)) / max(len(template), len(called), 1)
    if same_path or (alike >= ALIKE and example.method == page.method):
        return "near"
    return "other"


def is_by_other_method(page: Page, example: Example) -> bool:
    """Whether the example's request goes to the page's URI, but by another method."""
    if page.method is None or example.method in {None, page.method}:
        return False
    return fit(page, replace(example, method=page.method)) == "same"


def _fills(segment: str, text: str) -> bool:
    return segment == text or bool(PARAMETER.fullmatch(segment))


def own(page: Page) -> tuple[Example, ...]:
    """The examples of the page's own operation: no call of another one, nor what it answers."""
    kept: list[Example] = []
    foreign = False
    for example in page.examples:
        if example.role == "request":
            foreign = fit(page, example) == "other"
        if not foreign:
            kept.append(example)
        elif example.role == "response":
            foreign = False
    return tuple(kept)


def path_values(page: Page, examples: Sequence[Example]) -> dict[str, str]:
    """What the examples' request lines put in place of the path parameters, by name."""
    if page.uri is None:
        return {}
    template = target(page.uri).segments
    return {
        name.strip("{}"): value
        for example in examples
        if example.uri is not None and fit(page, example) == "same"
        for name, value in zip(template, target(example.uri).segments, strict=False)
        if PARAMETER.fullmatch(name) and not PARAMETER.fullmatch(value)
    }
