"""A request has no body any more.

A client may send what no longer counts, or is refused.

Old::

    requestBody: {content: {application/json: {}}}

New::

    summary: Without parameters.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import request_body

REQUEST = Effect.BREAKS_OLD
RESPONSE = None
INVERSE = "request-body-added"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """No body where there was one."""
    was, now = request_body(pair.old_view, pair.old), request_body(pair.new_view, pair.new)
    if was and not now:
        yield pair.differs("is gone", at=("body", ""), old=pair.old_view.source.source(was[0]))
