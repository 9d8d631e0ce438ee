"""There is a new status.

A client takes a status that it does not know by its first digit: a 4XX is refused, a 2XX is done.

Old::

    responses: {'200': {description: Done.}}

New::

    responses: {'200': {description: Done.}, '404': {description: Not there.}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import answers, covering

REQUEST = None
RESPONSE = Effect.HARMLESS
INVERSE = "status-removed"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Statuses that nothing in OLD speaks of."""
    was, now = answers(pair.old_view, pair.old), answers(pair.new_view, pair.new)
    for status in now:
        if covering(was, status) is None:
            source = pair.new_view.source.source((*pair.new.at, "responses", status))
            yield pair.differs(f"{status} is new", status, at=("status", status), new=source)
