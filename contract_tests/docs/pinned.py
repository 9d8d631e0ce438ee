"""Pinned facts: the facts that a spec is written against, in `spec/pages/*.facts.yaml`.

Names, types, values and figures stand there as they are; of every sentence there is a digest,
which tells whether the sentence changed and nothing of what it says. What is read back is a
`Page` like any other; its sources are the lines of the pinned file.
"""

from __future__ import annotations

from contract_tests.docs.pinning.read import read_pinned
from contract_tests.docs.reading.encoding import decode
from contract_tests.facts import Page

SUFFIXES = (".facts.yaml",)


def read(data: bytes, file: str) -> Page:
    """Read pinned facts.

    Raises:
        InputError: if this is no pinned facts.
    """
    text, _ = decode(data, file)
    return read_pinned(text, file)
