"""A field has to be there.

A client that leaves it away is refused; a service that leaves it away breaks a client that counts
on it.

Old::

    schema: {type: object, properties: {id: {type: string}}}

New::

    schema: {type: object, properties: {id: {type: string}}, required: [id]}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "field-optional"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Fields that could be left away."""
    for name in set(pair.new.required) - set(pair.old.required):
        yield pair.differs("has to be there", name, keyword="required", field=name)
