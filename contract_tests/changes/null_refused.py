"""A value may no longer be null.

A client may still send null, and the service may still answer it.

Old::

    schema: {type: [string, 'null']}

New::

    schema: {type: string}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import kinds

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "null-accepted"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Null, where NEW does not accept it."""
    if kinds(pair.old) - kinds(pair.new) == {"null"} and kinds(pair.new) < kinds(pair.old):
        yield pair.differs("no longer null", "null", keyword="type")
