"""What the place of a change is called: the same from OLD to NEW as from NEW to OLD.

What a named schema says is called by its name where both versions refer to it; what stands
beside a reference, and what one version alone refers to, is called by the way to the reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from contract_tests.changes.comparing.schemas import BEHIND, Hop, Schema
from contract_tests.contract.documents import Document, Location
from contract_tests.contract.places import place_of
from contract_tests.contract.pointers import part
from contract_tests.findings import Place


def place_said(asked: Place, old: Schema, new: Schema, keyword: str) -> Place:
    """Where a keyword is said of what both versions ask for at one place.

    That is the first schema, on the way that the references of both go together, at which
    either says it; the last one if a later or none does.
    """
    together = tuple(_together(old, new))
    said = (i for i, hops in enumerate(together) if _is_said(*hops, keyword))
    depth = next(said, len(together) - 1)
    return place_of(asked.operation, together[depth][1].at) if depth else asked


def _together(old: Schema, new: Schema) -> Iterator[tuple[Hop, Hop]]:
    """The schemas that the references of both lead through, until they part."""
    for i, (was, becomes) in enumerate(zip(old.hops, new.hops, strict=False)):
        if i and not (was.at == becomes.at or _is_renamed(old, new, was.at, becomes.at)):
            return
        yield was, becomes


def _is_renamed(old: Schema, new: Schema, was: Location, becomes: Location) -> bool:
    """Whether each version has only the one name; two that both have are two schemas."""
    return not (_has(new.document, was) or _has(old.document, becomes))


def _has(document: Document, at: Location) -> bool:
    try:
        part(document.data, at)
    except (LookupError, TypeError, ValueError):
        return False
    return True


def _is_said(was: Hop, becomes: Hop, keyword: str) -> bool:
    """Whether either says a keyword; of one kept a second time, whether in another way."""
    name, behind, _ = keyword.partition(BEHIND)
    both = name in was.said and name in becomes.said
    if behind and both:
        return bool(was.said[name] != becomes.said[name])
    return name in was.said or name in becomes.said
