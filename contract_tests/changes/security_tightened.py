"""A way to authenticate is gone.

A client that comes that way is refused.

Old::

    security: [{token: []}, {signed: []}]

New::

    security: [{token: []}]
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.securing import security_source, ways_in

REQUEST = Effect.BREAKS_OLD
RESPONSE = None
INVERSE = "security-loosened"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Ways in that NEW lacks."""
    old, new = ways_in(pair.old_view, pair.old), ways_in(pair.new_view, pair.new)
    was_at = security_source(pair.old_view, pair.old)
    is_at = security_source(pair.new_view, pair.new)
    for way in old.keys() - new.keys():
        message, at = f"no longer with {old[way]}", ("security", "")
        yield pair.differs(message, old[way], at=at, old=was_at, new=is_at)
