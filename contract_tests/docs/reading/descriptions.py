"""What a description states in its prose; a step that knows neither file nor line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from contract_tests.docs.reading.blocks import Words
from contract_tests.docs.reading.defaults import read_defaults, the_default
from contract_tests.docs.reading.enums import NO_ENUM, Enum, read_enum
from contract_tests.docs.reading.formats import read_format, read_pattern, read_unit
from contract_tests.docs.reading.limits import NUMERIC, merge_bounds, read_bounds
from contract_tests.docs.reading.mentions import Named, read_named_values
from contract_tests.docs.reading.sentences import Sentence, sentences
from contract_tests.docs.reading.signs import shows
from contract_tests.docs.wording.enums import ENUM_SIGNS
from contract_tests.docs.wording.formats import CHARSET_SIGNS, FORMAT_UNITS
from contract_tests.docs.wording.limits import LIMIT_SIGNS
from contract_tests.facts import Bound, Default, Kind, Limits

NO_LIMITS = Limits()
KEPT = 4096
"""Descriptions whose facts are kept: of the vendor's, every second one repeats another."""
_MEASURED: frozenset[Kind] = NUMERIC | {"array", "unknown"}
"""The kinds of fields that may have a unit; an array's is that of its items."""


class Description(NamedTuple):
    """What a description states; see `facts.Field`."""

    enum: Enum
    default: str | None
    defaults: tuple[Default, ...]
    limits: Limits
    bounds: tuple[Bound, ...]
    named: tuple[Named, ...]


@lru_cache(maxsize=KEPT)
def read_description(paragraphs: tuple[Words, ...], kind: Kind) -> Description:
    """What the paragraphs of a description state, for a field of that kind."""
    prose = list(sentences(paragraphs))
    text = " ".join(paragraph.text for paragraph in paragraphs)
    enumerating = len(paragraphs) > 1 or shows(text, ENUM_SIGNS)
    enum = read_enum(paragraphs, prose, kind) if enumerating else NO_ENUM
    defaults = tuple(read_defaults(prose)) if "efault" in text else ()
    bounds = tuple(read_bounds(prose, kind)) if shows(text, LIMIT_SIGNS) else ()
    enumerated = {value.value for value in enum.values}
    return Description(
        enum=enum,
        default=the_default(defaults, enum.default),
        defaults=defaults,
        limits=_limits(text, prose, bounds, kind),
        bounds=bounds,
        named=tuple(read_named_values(prose, enumerated)),
    )


def _limits(text: str, prose: Sequence[Sentence], bounds: Sequence[Bound], kind: Kind) -> Limits:
    limits = merge_bounds(bounds) if bounds else NO_LIMITS
    format_ = read_format(text)
    unit = read_unit(text) if kind in _MEASURED else None
    pattern = read_pattern(prose) if shows(text, CHARSET_SIGNS) else None
    if not (unit or format_ or pattern):
        return limits
    unit = unit or FORMAT_UNITS.get(format_ or "")
    return replace(limits, unit=unit, format=format_, pattern=pattern)
