"""An operation has another id.

Generated clients call their method by it: code that is written for one no longer compiles with
the next.

Old::

    paths:
      /things:
        get: {operationId: ListThings, responses: {'200': {description: All.}}}

New::

    paths:
      /things:
        get: {operationId: GetThings, responses: {'200': {description: All.}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "operation-renamed"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Another operationId at the same method and path."""
    old, new = pair.old.id, pair.new.id
    if old != new:
        yield pair.differs(f"operationId {new} now; {old} before", old, new)
