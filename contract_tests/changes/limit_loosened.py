"""A limit is looser, or gone.

A client made before may have no room for what is answered now. In a request it is one more
choice.

Old::

    schema: {type: string, maxLength: 5}

New::

    schema: {type: string, maxLength: 9}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import moved_limits

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "limit-tightened"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Limits that take in what was outside."""
    for limit in moved_limits(pair):
        if not limit.tightened:
            yield pair.differs(limit.message, limit.keyword, keyword=limit.cause)
