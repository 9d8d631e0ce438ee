"""An object takes further fields.

A client made before refuses them where they are answered. In a request they are one more choice.

Old::

    schema: {type: object, properties: {id: {type: string}}, additionalProperties: false}

New::

    schema: {type: object, properties: {id: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "object-closed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Further fields, where there could be none."""
    if pair.old.closed and not pair.new.closed:
        yield pair.differs("takes further fields", keyword="additionalProperties")
