"""A value is gone from an enumeration, or there is an enumeration where there was none.

A client may still send the value, and the service may still answer it.

Old::

    schema: {type: string, enum: [EFS, EVS]}

New::

    schema: {type: string, enum: [EVS]}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import in_words, values
from contract_tests.contract.violations import shown

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_NEW
INVERSE = "enum-widened"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """The values that NEW no longer accepts."""
    old, new = values(pair.old), values(pair.new)
    if new is None or old == new:
        return
    if old is None:
        yield pair.differs(f"only {in_words(new)} now; anything before", keyword="enum")
        return
    gone = {key: value for key, value in old.items() if key not in new}
    if gone:
        told = [shown(value) for value in gone.values()]
        yield pair.differs(f"no longer {in_words(gone)}", *told, keyword="enum")
