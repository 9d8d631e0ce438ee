"""There is a new parameter, which has to be sent.

A client made before does not send it, and is refused.

Old::

    summary: Without parameters.

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
INVERSE = "parameter-removed"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Required parameters that OLD lacked."""
    for old, new in pair_parameters(pair):
        if new and not old and new.required:
            at = (new.location, new.name)
            yield pair.differs("is new, and has to be sent", new.name, at=at, new=new.source)
