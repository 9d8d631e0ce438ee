"""A text no longer has to fit a pattern.

A client made before may rely on it. In a request it is one more choice.

Old::

    schema: {type: string, pattern: '^[a-z]*$'}

New::

    schema: {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "pattern-added"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """No pattern where there was one."""
    old, new = pair.old.keywords.get("pattern"), pair.new.keywords.get("pattern")
    if new is None and old is not None:
        yield pair.differs(f"no longer has to fit {old}", old, keyword="pattern")
