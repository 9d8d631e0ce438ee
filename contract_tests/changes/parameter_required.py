"""A parameter has to be sent.

A client that leaves it away is refused.

Old::

    parameters:
      - {name: kind, in: query, schema: {type: string}}

New::

    parameters:
      - {name: kind, in: query, required: true, schema: {type: string}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import pair_parameters

REQUEST = Effect.BREAKS_OLD
RESPONSE = None
INVERSE = "parameter-optional"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Parameters that could be left away."""
    for old, new in pair_parameters(pair):
        if old and new and new.required and not old.required:
            at = (new.location, new.name)
            yield pair.differs("has to be sent", new.name, at=at, old=old.source, new=new.source)
