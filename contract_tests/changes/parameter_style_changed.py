"""A parameter is written in another way.

Lists and objects are put into the URL by `style` and `explode`; each side reads only its own way.

Old::

    parameters:
      - {name: ids, in: query, style: form, explode: false, schema: {type: array}}

New::

    parameters:
      - {name: ids, in: query, style: pipeDelimited, explode: false, schema: {type: array}}
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing import Difference, Effect, OperationPair
from contract_tests.changes.comparing.matching import pair_parameters, written
from contract_tests.contract import Operation, Parameter, View

REQUEST = Effect.BREAKS_OLD
RESPONSE = None
INVERSE = "parameter-style-changed"


def check_operation(pair: OperationPair) -> Iterator[Difference]:
    """Parameters with another style."""
    for old, new in pair_parameters(pair):
        if old is None or new is None:
            continue
        was, becomes = _style(pair.old_view, pair.old, old), _style(pair.new_view, pair.new, new)
        if was != becomes:
            at, message = (new.location, new.name), f"{becomes} now; {was} before"
            yield pair.differs(message, was, becomes, at=at, old=old.source, new=new.source)


def _style(view: View, operation: Operation, parameter: Parameter) -> str:
    """Style and explode as they are said, or else as OpenAPI has them."""
    said = written(view, operation, parameter)
    usual = "form" if parameter.location in ("query", "cookie") else "simple"
    style = said.get("style", usual)
    exploded = said.get("explode", style == "form")
    return f"style {style}, {'exploded' if exploded else 'not exploded'}"
