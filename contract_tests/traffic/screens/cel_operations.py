"""What expressions that were translated from CEL may call, and what each call means in Python.

Each raises TypeError for operands on which CEL may think otherwise than Python (`1 == true`, a
number that overflows), and KeyError for what is absent.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from msgspec import UNSET, Struct

BEYOND = 2**63
LEAST = -BEYOND
"""What CEL's integers lie between."""


def _of_alike(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison of two of one type, whose values CEL holds as Python does."""

    def compared(a: Any, b: Any) -> bool:
        kind = type(a)
        if type(b) is not kind:
            raise TypeError
        if kind is int:
            if not (LEAST <= a < BEYOND and LEAST <= b < BEYOND):
                raise TypeError
        elif kind is not str and kind is not bool:
            raise TypeError
        return compare(a, b)

    return compared


def _calculated(calculate: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def calculated(a: Any, b: Any) -> Any:
        kind = type(a)
        if type(b) is not kind:
            raise TypeError
        result = calculate(a, b)
        if kind is int:
            if not (LEAST <= a < BEYOND and LEAST <= b < BEYOND and LEAST <= result < BEYOND):
                raise OverflowError
        elif kind is not str:
            raise TypeError
        return result

    return calculated


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return value


def _integer(value: Any) -> int:
    if type(value) is not int or not LEAST <= value < BEYOND:
        raise TypeError
    return value


def _entry(table: dict[Any, Any], key: Any) -> Any:
    if type(key) is not type(next(iter(table))):
        raise TypeError
    return table[key]


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def _has(owner: Any, name: str) -> bool:
    if type(owner) is not dict:
        raise TypeError
    return name in owner


def _size(value: Any) -> int:
    if type(value) not in (str, list, dict):
        raise TypeError
    return len(value)


def _of_texts(test: Callable[[str, str], bool]) -> Callable[[Any, Any], bool]:
    def tested(a: Any, b: Any) -> bool:
        if type(a) is not str or type(b) is not str:
            raise TypeError
        return test(a, b)

    return tested


def _lower(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return value.lower()


def _matches(value: Any, pattern: str) -> bool:
    if type(value) is not str:
        raise TypeError
    return _pattern(pattern).search(value) is not None


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _of_lists(count: Callable[[list[bool]], bool]) -> Callable[[Any, Callable[[Any], bool]], bool]:
    def counted(items: Any, test: Callable[[Any], bool]) -> bool:
        if type(items) is not list:
            raise TypeError
        return count(_tested(items, test))

    return counted


def _filter(items: Any, test: Callable[[Any], bool]) -> list[Any]:
    if type(items) is not list:
        raise TypeError
    return [item for item, holds in zip(items, _tested(items, test), strict=True) if holds]


def _tested(items: list[Any], test: Callable[[Any], bool]) -> list[bool]:
    try:
        return [test(item) for item in items]
    except KeyError as error:
        raise TypeError from error


def _missing() -> Any:
    raise KeyError


def _found(value: Any) -> Any:
    if value is UNSET:
        raise KeyError
    return value


def _record(value: Any) -> Any:
    if not isinstance(value, Struct):
        raise TypeError
    return value


OPERATIONS: Mapping[str, Any] = {
    "__builtins__": {},
    "bool": bool,
    "dict": dict,
    "int": int,
    "list": list,
    "str": str,
    "type": type,
    "_absent": _missing,
    "_found": _found,
    "_record": _record,
    "_Struct": Struct,
    "_UNSET": UNSET,
    "isinstance": isinstance,
    "_add": _calculated(operator.add),
    "_sub": _calculated(operator.sub),
    "_times": _calculated(operator.mul),
    "_equal": _of_alike(operator.eq),
    "_unequal": _of_alike(operator.ne),
    "_less": _of_alike(operator.lt),
    "_at_most": _of_alike(operator.le),
    "_more": _of_alike(operator.gt),
    "_at_least": _of_alike(operator.ge),
    "_text": _text,
    "_integer": _integer,
    "_entry": _entry,
    "_truth": _truth,
    "_has": _has,
    "_lacks": lambda owner, name: not _has(owner, name),
    "_size": _size,
    "_lower": _lower,
    "_not": lambda value: not _truth(value),
    "_starts": _of_texts(str.startswith),
    "_ends": _of_texts(str.endswith),
    "_contains": _of_texts(lambda a, b: b in a),
    "_matches": _matches,
    "_all": _of_lists(all),
    "_any": _of_lists(any),
    "_filter": _filter,
    "_one": _of_lists(lambda found: sum(found) == 1),
}
"""What a translated expression may call."""

BOOLEAN = frozenset(
    {
        *("_equal", "_unequal", "_less", "_at_most", "_more", "_at_least", "_has", "_lacks"),
        *("_not", "_starts", "_ends", "_contains", "_matches", "_all", "_any", "_one", "_truth"),
    }
)
"""Those of OPERATIONS that give nothing but true or false."""
