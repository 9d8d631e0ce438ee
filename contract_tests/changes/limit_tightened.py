"""A limit is tighter, or there is one where there was none.

What a client sends, or the service answers, may be outside of it now.

Old::

    schema: {type: string, maxLength: 9}

New::

    schema: {type: string, maxLength: 5}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import moved_limits

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "limit-loosened"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Limits that leave out what was within."""
    for limit in moved_limits(pair):
        if limit.tightened:
            yield pair.differs(limit.message, limit.keyword, keyword=limit.cause)
