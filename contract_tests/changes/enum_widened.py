"""A value is new in an enumeration, or the enumeration is gone.

A client made before does not know the value, and may have no branch for it. In a request it is
one more choice.

Old::

    schema: {type: string, enum: [EVS]}

New::

    schema: {type: string, enum: [EFS, EVS]}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import in_words, values
from contract_tests.contract.violations import shown

REQUEST = Effect.HARMLESS
RESPONSE = Effect.BREAKS_OLD
INVERSE = "enum-narrowed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """The values that OLD did not accept."""
    old, new = values(pair.old), values(pair.new)
    if old is None or old == new:
        return
    if new is None:
        yield pair.differs(f"anything now; only {in_words(old)} before", keyword="enum")
        return
    fresh = {key: value for key, value in new.items() if key not in old}
    if fresh:
        told = [shown(value) for value in fresh.values()]
        yield pair.differs(f"also {in_words(fresh)} now", *told, keyword="enum")
