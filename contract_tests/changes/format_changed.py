"""A text or number has another format.

Neither side can read what the other writes.

Old::

    schema: {type: string, format: ipv4}

New::

    schema: {type: string, format: uri}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.keywords import width

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "format-changed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Two formats of which neither takes in the other."""
    old, new = pair.old.keywords.get("format"), pair.new.keywords.get("format")
    if old is None or new is None or old == new:
        return
    if width(pair.old) is None or width(pair.new) is None:
        yield pair.differs(f"format {new} now; {old} before", old, new, keyword="format")
