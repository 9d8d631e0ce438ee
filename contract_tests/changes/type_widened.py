"""A value may be of further types.

A client made before cannot read them. In a request they are one more choice.

Old::

    schema: {type: string}

New::

    schema: {type: [string, integer]}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import kinds, kinds_in_words

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "type-narrowed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Types that OLD did not accept, other than null."""
    old, new = kinds(pair.old), kinds(pair.new)
    if old < new and new - old != {"null"}:
        yield pair.differs(
            f"{kinds_in_words(new)} now; {kinds_in_words(old)} before",
            kinds_in_words(old),
            kinds_in_words(new),
            keyword="type",
        )
