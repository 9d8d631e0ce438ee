"""A parameter may be left away.

Nobody has to leave it away.

Old::

    parameters:
      - {name: kind, in: query, required: true, schema: {type: string}}

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
INVERSE = "parameter-required"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Parameters that had to be sent."""
    for old, new in pair_parameters(pair):
        if old and new and old.required and not new.required:
            at = (new.location, new.name)
            yield pair.differs("may be left away", new.name, at=at, old=old.source, new=new.source)
