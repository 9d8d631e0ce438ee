"""A text has to fit another pattern.

Whether one pattern takes in the other cannot be told, so that either side may refuse what the
other writes.

Old::

    schema: {type: string, pattern: '^[a-z]*$'}

New::

    schema: {type: string, pattern: '^[a-y]*$'}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "pattern-changed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Two patterns."""
    old, new = pair.old.keywords.get("pattern"), pair.new.keywords.get("pattern")
    if old is not None and new is not None and old != new:
        yield pair.differs(f"has to fit {new}; {old} before", old, new, keyword="pattern")
