"""A keyword that no other rule reads says something else.

Whether it accepts more or less cannot be told, so that either side may refuse what the other
writes.

Old::

    schema: {type: integer, multipleOf: 2}

New::

    schema: {type: integer, multipleOf: 3}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import HANDLED
from contract_tests.changes.comparing.schemas import Schema, asserts, meaning

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "constraint-changed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Every asserting keyword without a rule; fields that combined schemas speak of, too."""
    old, new = _rest(pair.old), _rest(pair.new)
    for keyword in sorted(old.keys() | new.keys()):
        if old.get(keyword) != new.get(keyword):
            yield pair.differs(f"{keyword} is not what it was", keyword, keyword=keyword)
    if old and new and pair.old.fields.keys() != pair.new.fields.keys():
        message = "other fields, beside a schema that may speak of them too"
        yield pair.differs(message, "properties", keyword="properties")


def _rest(schema: Schema) -> dict[str, str]:
    """What the keywords without a rule say, references followed."""
    return {
        keyword: meaning(schema.document, at)
        for keyword, at in schema.locations.items()
        if keyword not in HANDLED and asserts(keyword)
    }
