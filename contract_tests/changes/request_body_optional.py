"""A request may have no body.

Nobody has to leave it away.

Old::

    requestBody: {required: true, content: {application/json: {}}}

New::

    requestBody: {content: {application/json: {}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import request_body

REQUEST = Effect.HARMLESS
RESPONSE = None
INVERSE = "request-body-required"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """A body that had to be sent."""
    was, now = request_body(pair.old_view, pair.old), request_body(pair.new_view, pair.new)
    if was and now and was[1].get("required") and not now[1].get("required"):
        new = pair.new_view.source.source(now[0])
        yield pair.differs("may be left away", at=("body", ""), new=new)
