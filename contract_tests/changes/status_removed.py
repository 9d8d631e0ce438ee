"""A status is no longer documented.

The service may answer it still, and a client made from NEW does not know it; or it answers
another, which a client made from OLD does not.

Old::

    responses: {'200': {description: Done.}, '404': {description: Not there.}}

New::

    responses: {'200': {description: Done.}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import answers, covering

REQUEST = None
RESPONSE = Effect.BREAKS_NEW
INVERSE = "status-added"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Statuses that nothing in NEW speaks of."""
    was, now = answers(pair.old_view, pair.old), answers(pair.new_view, pair.new)
    for status in was:
        if covering(now, status) is None:
            source = pair.old_view.source.source((*pair.old.at, "responses", status))
            yield pair.differs(f"{status} is gone", status, at=("status", status), old=source)
