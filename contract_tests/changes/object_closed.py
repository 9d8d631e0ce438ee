"""An object takes no further fields.

What it does not name is refused from now on.

Old::

    schema: {type: object, properties: {id: {type: string}}}

New::

    schema: {type: object, properties: {id: {type: string}}, additionalProperties: false}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "object-opened"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """No further fields, where there could be some."""
    if pair.new.closed and not pair.old.closed:
        yield pair.differs("takes no further fields", keyword="additionalProperties")
