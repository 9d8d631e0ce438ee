"""A request may have a body.

Nobody has to send it.

Old::

    summary: Without parameters.

New::

    requestBody: {content: {application/json: {}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import request_body

REQUEST = Effect.HARMLESS
RESPONSE = None
INVERSE = "request-body-removed"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """A body where there was none."""
    was, now = request_body(pair.old_view, pair.old), request_body(pair.new_view, pair.new)
    if now and not was and not now[1].get("required"):
        yield pair.differs("is new", at=("body", ""), new=pair.new_view.source.source(now[0]))
