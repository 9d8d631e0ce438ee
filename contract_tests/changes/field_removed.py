"""An object has a field less.

A client may read what no longer comes, or send what no longer counts.

Old::

    schema: {type: object, properties: {id: {type: string}, name: {type: string}}}

New::

    schema: {type: object, properties: {id: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "field-added"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Fields that NEW does not name, of an object that takes any."""
    for name in pair.old.fields.keys() - pair.new.fields.keys():
        if not pair.new.closed:
            yield pair.differs("is gone", name, field=name)
