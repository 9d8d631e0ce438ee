"""A text has to fit a pattern.

What was fine before may not fit it.

Old::

    schema: {type: string}

New::

    schema: {type: string, pattern: '^[a-z]*$'}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "pattern-removed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """A pattern where there was none."""
    old, new = pair.old.keywords.get("pattern"), pair.new.keywords.get("pattern")
    if old is None and new is not None:
        yield pair.differs(f"has to fit {new}", new, keyword="pattern")
