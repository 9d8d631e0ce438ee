"""The description of a field: the facts in its prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from contract_tests.docs.reading.blocks import Cell, Paragraph
from contract_tests.docs.reading.defaults import read_defaults, the_default
from contract_tests.docs.reading.enums import NO_ENUM, read_enum
from contract_tests.docs.reading.formats import read_format, read_pattern, read_unit
from contract_tests.docs.reading.limits import NUMERIC, merge_bounds, read_bounds
from contract_tests.docs.reading.mentions import read_named_values
from contract_tests.docs.reading.sentences import Sentence, sentences
from contract_tests.docs.wording import CHARSET_HINT, ENUM_HINT, FORMAT_UNITS, LIMIT_HINT
from contract_tests.facts import Bound, Default, EnumValue, Kind, Limits, NamedValue, Note
from contract_tests.findings import Source

NO_LIMITS = Limits()
_MEASURED: frozenset[Kind] = NUMERIC | {"array", "unknown"}
"""The kinds of fields that may have a unit; an array's is that of its items."""


@dataclass(slots=True)
class Description:
    """What a description states; see `facts.Field`."""

    text: str = ""
    enum: tuple[EnumValue, ...] = ()
    enum_notation: str = ""
    lead_in: str = ""
    enum_open: bool = False
    default: str | None = None
    defaults: tuple[Default, ...] = ()
    limits: Limits = NO_LIMITS
    bounds: tuple[Bound, ...] = ()
    named_values: tuple[NamedValue, ...] = ()
    notes: tuple[Note, ...] = ()


def read_description(cell: Cell, kind: Kind, file: str) -> Description:
    """What the cell of a description states, for a field of that kind."""
    paragraphs = [block for block in cell.blocks if isinstance(block, Paragraph)]
    prose = list(sentences(paragraphs))
    text = cell.text
    enumerating = len(paragraphs) > 1 or ENUM_HINT.search(text)
    enum = read_enum(paragraphs, prose, kind, file) if enumerating else NO_ENUM
    defaults = tuple(read_defaults(prose)) if "efault" in text else ()
    bounds = tuple(read_bounds(prose, kind)) if LIMIT_HINT.search(text) else ()
    enumerated = frozenset(value.value for value in enum.values)
    return Description(
        text=text,
        enum=enum.values,
        enum_notation=enum.notation,
        lead_in=enum.lead_in,
        enum_open=enum.open,
        default=the_default(defaults, enum.default),
        defaults=defaults,
        limits=_limits(text, prose, bounds, kind),
        bounds=bounds,
        named_values=tuple(read_named_values(prose, paragraphs, enumerated, file)),
        notes=tuple(
            Note(paragraph.text, Source(file, paragraph.line))
            for place, paragraph in enumerate(paragraphs)
            if paragraph.start == "item" and place not in enum.items
        ),
    )


def _limits(text: str, prose: Sequence[Sentence], bounds: Sequence[Bound], kind: Kind) -> Limits:
    limits = merge_bounds(bounds) if bounds else NO_LIMITS
    format_ = read_format(text)
    unit = read_unit(text) if kind in _MEASURED else None
    pattern = read_pattern(prose) if CHARSET_HINT.search(text) else None
    if not (unit or format_ or pattern):
        return limits
    unit = unit or FORMAT_UNITS.get(format_ or "")
    return replace(limits, unit=unit, format=format_, pattern=pattern)
