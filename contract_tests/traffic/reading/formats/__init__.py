"""Formats of recorded traffic: one module each, found by its name.

A format module has a docstring and

    def score(head: bytes, name: str) -> int
    def read(stream: BufferedReader) -> Iterator[tuple[int, object] | Broken]

and `BY_LINES = True` where a file of it may be cut at any line.

`score` says how sure it is, from the first bytes of a file and its name: 0 is not mine, 1 it may
be, 2 it looks like it, 3 it can be nothing else. `read` yields each record with its offset, a `Raw`
or plain data in the shape of `exchange.schema.json`, and each stretch that could not be read.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BufferedReader

from contract_tests.traffic.reading.jsonstream import Broken


@dataclass(frozen=True, slots=True)
class Format:
    """One format module: its id, documentation and functions."""

    id: str
    doc: str
    score: Callable[[bytes, str], int]
    read: Callable[[BufferedReader], Iterator[tuple[int, object] | Broken]]
    by_lines: bool
    """Whether a file may be cut at any line, and each part read by itself."""


@cache
def all_formats() -> tuple[Format, ...]:
    """Every format there is, by id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(_load(name) for name in names)


def recognise(head: bytes, name: str) -> Format | None:
    """The format that a file is in, None where no format claims it."""
    best = max(all_formats(), key=lambda known: known.score(head, name))
    return best if best.score(head, name) else None


def _load(name: str) -> Format:
    module = importlib.import_module(f"{__name__}.{name}")
    return Format(
        id=name.replace("_", "-"),
        doc=module.__doc__ or "",
        score=module.score,
        read=module.read,
        by_lines=getattr(module, "BY_LINES", False),
    )
