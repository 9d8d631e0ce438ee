"""A field may be left away.

A client made before may count on it. In a request it is one more choice.

Old::

    schema: {type: object, properties: {id: {type: string}}, required: [id]}

New::

    schema: {type: object, properties: {id: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "field-required"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Fields that had to be there."""
    for name in set(pair.old.required) - set(pair.new.required):
        yield pair.differs("may be left away", name, keyword="required", field=name)
