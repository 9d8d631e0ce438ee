"""A value may be null.

A client made before stumbles over a null that is answered. In a request it is one more choice.

Old::

    schema: {type: string}

New::

    schema: {type: [string, 'null']}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import kinds

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "null-refused"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Null, where OLD did not accept it."""
    if kinds(pair.new) - kinds(pair.old) == {"null"} and kinds(pair.old) < kinds(pair.new):
        yield pair.differs("may be null now", "null", keyword="type")
