"""Some types of a value are no longer accepted.

A client may still send them, and the service may still answer them.

Old::

    schema: {type: [string, integer]}

New::

    schema: {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import kinds, kinds_in_words

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "type-widened"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Types that NEW no longer accepts, other than null."""
    old, new = kinds(pair.old), kinds(pair.new)
    if new < old and old - new != {"null"}:
        yield pair.differs(
            f"{kinds_in_words(new)} now; {kinds_in_words(old)} before",
            kinds_in_words(old),
            kinds_in_words(new),
            keyword="type",
        )
