"""An object has a field more.

A client that does not know a field passes over it, and need not send it.

Old::

    schema: {type: object, properties: {id: {type: string}}}

New::

    schema: {type: object, properties: {id: {type: string}, name: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.HARMLESS
RESPONSE = Effect.HARMLESS
INVERSE = "field-removed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Fields that OLD did not name, of an object that took any."""
    for name in pair.new.fields.keys() - pair.old.fields.keys():
        if not pair.old.closed:
            yield pair.differs("is new", name, field=name)
