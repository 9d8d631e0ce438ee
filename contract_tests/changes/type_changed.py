"""A value is of another type.

Neither side can read what the other writes.

Old::

    schema: {type: string}

New::

    schema: {type: integer}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import kinds, kinds_in_words

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "type-changed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Types of which neither takes in the other."""
    old, new = kinds(pair.old), kinds(pair.new)
    if not (old <= new or new <= old):
        yield pair.differs(
            f"{kinds_in_words(new)} now; {kinds_in_words(old)} before",
            kinds_in_words(old),
            kinds_in_words(new),
            keyword="type",
        )
