"""An operation has another method or path.

A client made from one version calls what the other does not answer.

Old::

    paths:
      /things:
        get: {operationId: ListThings, responses: {'200': {description: All.}}}

New::

    paths:
      /all-things:
        get: {operationId: ListThings, responses: {'200': {description: All.}}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair

REQUEST = Effect.BREAKS_OLD
RESPONSE = Effect.BREAKS_OLD
INVERSE = "operation-moved"

PARAMETER = re.compile(r"\{[^}]*\}")


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """The same operationId at another method or path."""
    old, new = (f"{o.method} {PARAMETER.sub('{}', o.path)}" for o in (pair.old, pair.new))
    if old != new:
        yield pair.differs(f"{new} now; {old} before", old, new)
