"""An object that takes no further fields has one less.

The field is refused from now on, wherever it is still sent or answered.

Old::

    schema:
      type: object
      properties: {id: {type: string}, name: {type: string}}
      additionalProperties: false

New::

    schema: {type: object, properties: {id: {type: string}}, additionalProperties: false}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "closed-field-added"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Fields that NEW refuses."""
    for name in pair.old.fields.keys() - pair.new.fields.keys():
        if pair.new.closed:
            yield pair.differs("is gone, and refused from now on", name, field=name)
