"""There is a new operation.

Nobody has to call it.

Old::

    paths:
      /things:
        get: {operationId: ListThings, responses: {'200': {description: All.}}}

New::

    paths:
      /things:
        get: {operationId: ListThings, responses: {'200': {description: All.}}}
        post: {operationId: MakeThing, responses: {'200': {description: Made.}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, ViewPair
from contract_tests.findings import Place

REQUEST = Effect.HARMLESS
RESPONSE = Effect.HARMLESS
INVERSE = "operation-removed"


def check_views(pair: ViewPair) -> Iterator[Difference]:
    """Operations that OLD lacked."""
    for operation in pair.added:
        message = f"{operation.method} {operation.path} is new"
        place = Place(operation.id, "operation")
        yield Difference(place, message, (operation.id,), None, operation.source)
