"""What counts where a value is left away is something else.

A client that leaves the value away gets something else. In an answer a default only informs.

Old::

    parameters:
      - {name: kind, in: query, schema: {type: string, default: idle}}

New::

    parameters:
      - {name: kind, in: query, schema: {type: string, default: timing}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contract_tests.changes.comparing import Difference, Effect, SchemaPair
from contract_tests.changes.comparing.schemas import canonical

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.HARMLESS
INVERSE = "default-changed"


def check_schema(pair: SchemaPair) -> Iterator[Difference]:
    """Another default, a new one, or none any more."""
    old, new = (_default(schema.keywords) for schema in (pair.old, pair.new))
    if old != new:
        message = f"default {new or 'none'} now; {old or 'none'} before"
        yield pair.differs(message, *filter(None, (old, new)), keyword="default")


def _default(keywords: Mapping[str, Any]) -> str | None:
    return canonical(keywords["default"]) if "default" in keywords else None
