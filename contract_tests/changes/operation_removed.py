"""An operation is gone.

A client that calls it is answered 404, and one made from NEW cannot call it.

Old::

    paths:
      /things:
        get: {operationId: ListThings, responses: {'200': {description: All.}}}
        post: {operationId: MakeThing, responses: {'200': {description: Made.}}}

New::

    paths:
      /things:
        get: {operationId: ListThings, responses: {'200': {description: All.}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, ViewPair
from contract_tests.findings import Place

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "operation-added"


def check_views(pair: ViewPair) -> Iterator[Difference]:
    """Operations that NEW lacks."""
    for operation in pair.removed:
        message = f"{operation.method} {operation.path} is gone"
        place = Place(operation.id, "operation")
        yield Difference(place, message, (operation.id,), operation.source, None)
