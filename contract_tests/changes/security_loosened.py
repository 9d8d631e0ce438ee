"""There is a new way to authenticate.

Nobody has to come that way.

Old::

    security: [{token: []}]

New::

    security: [{token: []}, {signed: []}]
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.securing import security_source, ways_in

REQUEST = Effect.HARMLESS
RESPONSE = None
INVERSE = "security-tightened"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Ways in that OLD lacked."""
    old, new = ways_in(pair.old_view, pair.old), ways_in(pair.new_view, pair.new)
    was_at = security_source(pair.old_view, pair.old)
    is_at = security_source(pair.new_view, pair.new)
    for way in new.keys() - old.keys():
        message, at = f"also with {new[way]}", ("security", "")
        yield pair.differs(message, new[way], at=at, old=was_at, new=is_at)
