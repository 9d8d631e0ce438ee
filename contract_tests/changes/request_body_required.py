"""A request has to have a body.

A client that sends none is refused.

Old::

    requestBody: {content: {application/json: {}}}

New::

    requestBody: {required: true, content: {application/json: {}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import request_body

REQUEST = Effect.BREAKS_OLD
RESPONSE = None
INVERSE = "request-body-optional"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """A body that could be left away, or did not exist."""
    was, now = request_body(pair.old_view, pair.old), request_body(pair.new_view, pair.new)
    if now and now[1].get("required") and not (was and was[1].get("required")):
        new = pair.new_view.source.source(now[0])
        yield pair.differs("has to be sent", at=("body", ""), new=new)
