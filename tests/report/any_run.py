"""A hypothesis strategy for any `Run`: every written field of every dataclass in it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from contract_tests.findings import Severity
from contract_tests.report.codec import written_fields
from contract_tests.verdicts import Run

_TEXT = st.text(max_size=12)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_TEXT, inner, max_size=2),
    max_leaves=3,
)
_SIMPLE: dict[Any, st.SearchStrategy[Any]] = {
    str: _TEXT,
    int: st.integers(),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bytes: st.binary(max_size=12) | _TEXT.map(str.encode),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    Severity: st.sampled_from(Severity),
    Any: _JSON,
}


@cache
def strategy_for(kind: Any) -> st.SearchStrategy[Any]:
    """Values of one annotation of the model."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        build: Callable[..., Any] = kind  # type: ignore[assignment]
        return st.builds(
            build, **{name: strategy_for(hints[name]) for name in written_fields(kind)}
        )
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin in (Union, UnionType):
        inner = strategy_for(next(a for a in arguments if a is not NoneType))
        return st.none() | inner
    if origin is tuple and arguments[1:] == (...,):
        return st.lists(strategy_for(arguments[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(strategy_for, arguments))
    assert issubclass(origin, Mapping), kind
    return st.dictionaries(_TEXT, strategy_for(arguments[1]), max_size=2)


def any_run() -> st.SearchStrategy[Run]:
    """Any run."""
    return strategy_for(Run)
