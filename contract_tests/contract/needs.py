"""What of its variables a rule reads, so that nothing else has to be handed to it.

Handing JSON over to CEL costs far more than a rule: a list of notebooks takes milliseconds, a
rule a microsecond. What is read is told from the text of a rule, and where that leaves a doubt,
all of a value is taken to be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

_PATH = re.compile(r"(?<![\w.])(?P<path>[A-Za-z_]\w*(?:\.\w+)*)(?P<call>\s*\()?")
_BINDING = re.compile(r"(?<![\w.])(?P<path>[A-Za-z_]\w*(?:\.\w+)*)\.\w+\(\s*(?P<name>\w+)\s*,")
_TESTS = ("all", "exists", "exists_one")
"""What asks each item of a list and keeps none."""
_TESTED = re.compile(r"\s*\.(?:all|exists|exists_one)\(\s*(?P<name>\w+)\s*,")
_TEXT = re.compile(r"""\"(?:\\.|[^"\\])*\"|'(?:\\.|[^'\\])*'""")
_BINDER = re.compile(r"\.(?:all|exists|exists_one|filter|map)\(\s*(?P<name>\w+)\s*,")
_COUNTED = re.compile(r"\bsize\(\s*(?P<path>[A-Za-z_]\w*(?:\.\w+)*)\s*\)")
_COUNT: Final = "()"
"""Stands for the number of members, among the names of fields that are read."""

Needs: TypeAlias = dict[str, "Needs | None"]
"""By name of a variable or field that is read: what of it is; None for all of it."""


def needs_of(expressions: Iterable[str]) -> Needs:
    """What any of these CEL expressions reads."""
    needs: Needs = {}
    for expression in expressions:
        text = _TEXT.sub('""', expression)
        bound = _bound(text)
        for match in _COUNTED.finditer(text):
            for path in _unbound(match["path"], bound):
                _add(needs, [*path, _COUNT])
        rest = _COUNTED.sub("0", text)
        binders = {match.start("name") for match in _BINDER.finditer(rest)}
        reads = (m for m in _PATH.finditer(rest) if m.start() not in binders)
        for path in (path for read in reads for path in _unbound(_read(read), bound)):
            _add(needs, path)
    return needs


def pruned(value: Any, needs: Needs | None) -> Any:
    """A JSON value with nothing but what is read of it; of a list the same of each item."""
    if needs is None:
        return value
    if isinstance(value, list):
        of_items = {name: inner for name, inner in needs.items() if name != _COUNT}
        # No rule reads a field of a list within a list, and those may nest beyond measure.
        return [[] if isinstance(item, list) else pruned(item, of_items) for item in value]
    if not isinstance(value, Mapping) or _COUNT in needs:
        return value
    return {name: pruned(value[name], inner) for name, inner in needs.items() if name in value}


def _bound(text: str) -> dict[str, list[str]]:
    """By name that a test of a list binds to its items (`data.all(n, …)`): the lists."""
    bound: dict[str, list[str]] = {}
    for match in _BINDING.finditer(text):
        bound.setdefault(match["name"], []).append(match["path"])
    return bound


def _read(match: re.Match[str]) -> str:
    """The path that is read: the name of a function is none, what a method is called on is."""
    if not match["call"]:
        return match["path"]
    path, _, function = match["path"].rpartition(".")
    items_only = function in _TESTS or (function == "filter" and _is_tested(match))
    return f"{path}.{_COUNT}" if path and items_only else path


def _is_tested(match: re.Match[str]) -> bool:
    """Whether what a filter leaves of a list is only tested, by the name that the filter gave."""
    depth = 0
    for at in range(match.end() - 1, len(match.string)):
        depth += {"(": 1, ")": -1}.get(match.string[at], 0)
        if depth == 0:
            given = match.string[match.end() :].partition(",")[0].strip()
            tested = _TESTED.match(match.string, at + 1)
            return tested is not None and tested["name"] == given
    return False


def _unbound(path: str, bound: Mapping[str, list[str]], depth: int = 8) -> list[list[str]]:
    """A path without bound names: the lists that they stand for in their place."""
    if not path:
        return []
    first, *rest = path.split(".")
    if first not in bound or not depth:
        return [[first, *rest]]
    return [[*o, *rest] for p in bound[first] for o in _unbound(p, bound, depth - 1)]


def _add(needs: Needs, path: list[str]) -> None:
    """Note that a path is read; what is read whole stays so."""
    *way, last = path
    for name in way:
        inner = needs.setdefault(name, {})
        if inner is None:
            return
        needs = inner
    needs[last] = None
