"""There is a new parameter, which may be left away.

Nobody has to send it.

Old::

    summary: Without parameters.

New::

    parameters:
      - {name: kind, in: query, schema: {type: string}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import pair_parameters

REQUEST = Effect.HARMLESS
RESPONSE = None
INVERSE = "parameter-removed"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Parameters that OLD lacked."""
    for old, new in pair_parameters(pair):
        if new and not old and not new.required:
            at = (new.location, new.name)
            yield pair.differs("is new", new.name, at=at, new=new.source)
