"""A text or number no longer needs its format.

A client made before may not be able to read what comes now: `int64` overflows its `int32`.

Old::

    schema: {type: string, format: uuid}

New::

    schema: {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import width

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "format-tightened"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """No format where there was one, or a wider integer."""
    old, new = pair.old.keywords.get("format"), pair.new.keywords.get("format")
    if old is not None and (new is None or _overflows(pair)):
        message = f"format {new or 'none'} now; {old} before"
        yield pair.differs(message, *filter(None, (old, new)), keyword="format")


def _overflows(pair: SchemaPair) -> bool:
    old, new = width(pair.old), width(pair.new)
    return old is not None and new is not None and new > old
