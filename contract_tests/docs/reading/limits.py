"""Ranges and lengths that a description states, with what they hang on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contract_tests.docs.reading.conditions import condition_of
from contract_tests.docs.reading.numbers import number
from contract_tests.docs.reading.sentences import Sentence
from contract_tests.docs.reading.signs import shows
from contract_tests.docs.wording.limits import (
    GREATER,
    INTERVAL,
    LENGTH_MAXIMUM,
    LENGTH_RANGE,
    LIMIT_SIGNS,
    LIMITS_SOMETHING_ELSE,
    MAXIMUM,
    MINIMUM,
    VALUE_RANGE,
)
from contract_tests.facts import Bound, Kind, Limits

NUMERIC: frozenset[Kind] = frozenset({"integer", "long", "number"})


def read_bounds(sentences: Iterable[Sentence], kind: Kind) -> Iterator[Bound]:
    """The ranges that sentences state; `Minimum: 1` of a string is that of its length."""
    for sentence in sentences:
        text = sentence.text
        if not shows(text, LIMIT_SIGNS) or LIMITS_SOMETHING_ELSE.match(text):
            continue
        condition = condition_of(text)
        if "character" in text or "length" in text:
            yield from _lengths(text, condition)
        if "rang" in text or "must be " in text:
            yield from _ranges(text, condition)
        if found := GREATER.match(text):
            yield Bound("value", number(found[2]), exclusive=found[1].lower() == "greater than")
        if "imum" in text:
            yield from _ends(text, kind, condition)


def _lengths(text: str, condition: str) -> Iterator[Bound]:
    if found := LENGTH_RANGE.search(text):
        yield Bound("length", number(found[1]), number(found[2]), condition=condition)
    elif found := LENGTH_MAXIMUM.search(text):
        yield Bound("length", None, number(found[1] or found[2]), condition=condition)


def _ranges(text: str, condition: str) -> Iterator[Bound]:
    if found := VALUE_RANGE.search(text):
        yield Bound("value", number(found[1]), number(found[2]), condition=condition)
    elif found := INTERVAL.search(text):
        low, high = number(found[2]), number(found[3])
        yield Bound("value", low, high, exclusive=found[1] == "(", condition=condition)


def _ends(text: str, kind: Kind, condition: str) -> Iterator[Bound]:
    minimum, maximum = MINIMUM.search(text), MAXIMUM.search(text)
    if not minimum and not maximum:
        return
    low = number(minimum[1] or minimum[2]) if minimum else None
    high = number(maximum[1] or maximum[2]) if maximum else None
    if kind in NUMERIC:
        yield Bound("value", low, high, condition=condition)
    else:
        yield Bound("length" if kind == "string" else "unclear", low, high, condition=condition)


def merge_bounds(bounds: Iterable[Bound]) -> Limits:
    """The limits that hold unconditionally; of two that differ, the first."""
    low = exclusive = high = None
    shortest = longest = None
    for bound in bounds:
        if bound.condition or bound.kind == "unclear":
            continue
        if bound.kind == "length":
            shortest = bound.minimum if shortest is None else shortest
            longest = bound.maximum if longest is None else longest
        else:
            high = bound.maximum if high is None else high
            if bound.exclusive:
                exclusive = bound.minimum if exclusive is None else exclusive
            else:
                low = bound.minimum if low is None else low
    return Limits(
        minimum=low,
        exclusive_minimum=exclusive,
        maximum=high,
        min_length=None if shortest is None else int(shortest),
        max_length=None if longest is None else int(longest),
    )
