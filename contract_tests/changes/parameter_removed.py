"""A parameter is gone.

A client may send what no longer counts, or is refused.

Old::

    parameters:
      - {name: kind, in: query, schema: {type: string}}

New::

    summary: Without parameters.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import pair_parameters

REQUEST = Effect.BREAKS_OLD
RESPONSE = None
INVERSE = "parameter-added"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Parameters that NEW lacks."""
    for old, new in pair_parameters(pair):
        if old and not new:
            at = (old.location, old.name)
            yield pair.differs("is gone", old.name, at=at, old=old.source)
