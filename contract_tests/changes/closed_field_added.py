"""An object that took no further fields has one more.

A client made before refuses the field where it is answered, since it was told that there would be
none.

Old::

    schema: {type: object, properties: {id: {type: string}}, additionalProperties: false}

New::

    schema:
      type: object
      properties: {id: {type: string}, name: {type: string}}
      additionalProperties: false
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "closed-field-removed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Fields that OLD refused."""
    for name in pair.new.fields.keys() - pair.old.fields.keys():
        if pair.old.closed:
            yield pair.differs("is new, and was refused before", name, field=name)
