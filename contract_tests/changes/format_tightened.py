"""A text or number has to have a format that it did not need before.

What was fine before may not have it: `int32` cuts off what `int64` took.

Old::

    schema: {type: string}

New::

    schema: {type: string, format: uuid}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import width

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "format-loosened"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """A format where there was none, or a narrower integer."""
    old, new = pair.old.keywords.get("format"), pair.new.keywords.get("format")
    if new is not None and (old is None or _cuts_off(pair)):
        message = f"format {new} now; {old or 'none'} before"
        yield pair.differs(message, *filter(None, (old, new)), keyword="format")


def _cuts_off(pair: SchemaPair) -> bool:
    old, new = width(pair.old), width(pair.new)
    return old is not None and new is not None and new < old
