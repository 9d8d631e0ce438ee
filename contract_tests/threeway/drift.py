"""Where a page and the spec differ, and which cells of a page changed since it was pinned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from contract_tests.contract import View
from contract_tests.facts import Page
from contract_tests.findings import Claim, Finding, Place, Source
from contract_tests.threeway.kinds import CELL_CHANGED, SPEC_DIFFERS
from contract_tests.threeway.page_view import in_words_of_the_spec, page_says
from contract_tests.threeway.said import Aspect, Said, Says
from contract_tests.threeway.spec_view import spec_says

SILENT = "nothing"


def drift(page: Page, view: View) -> list[Finding]:
    """Every disagreement between a page and the documented view, at its place.

    Raises:
        KeyError: the view has no operation that the page documents.
    """
    stated = page_says(in_words_of_the_spec(page, view))
    written = spec_says(view, page.operation, page.operation)
    return list(_compared(page.operation, stated, written))


def changed_cells(page: Page, pinned: Page, view: View) -> list[Finding]:
    """The rows whose description is another than when the facts were pinned.

    Raises:
        KeyError: the view has no operation that the page documents.
    """
    return list(_changed(*(in_words_of_the_spec(each, view) for each in (page, pinned))))


def _compared(operation: str, page: Says, spec: Says) -> Iterator[Finding]:
    for name in sorted(page.keys() | spec.keys()):
        structure, _, field = name.partition(".")
        place = Place(operation, structure, field)
        stated, written = page.get(name), spec.get(name)
        if stated is None or written is None:
            yield _missing(place, stated, written)
            continue
        for aspect in get_args(Aspect):
            if stated.aspects.get(aspect) != written.aspects.get(aspect):
                yield _differs(place, aspect, stated, written)


def _missing(place: Place, page: Said | None, spec: Said | None) -> Finding:
    lacking = "spec" if spec is None else "page"
    has = page or spec
    return Finding(
        id=SPEC_DIFFERS.id,
        place=place,
        severity=SPEC_DIFFERS.severity,
        message=f"the {lacking} does not have {place.name}",
        values=(f"not in the {lacking}",),
        claims=(
            Claim("page", "present" if page else SILENT, page.source if page else None),
            Claim("spec", "present" if spec else SILENT, spec.source if spec else None),
        ),
        source=has.source if has else None,
    )


def _differs(place: Place, aspect: Aspect, page: Said, spec: Said) -> Finding:
    says, writes = (said.aspects.get(aspect, SILENT) for said in (page, spec))
    return Finding(
        id=SPEC_DIFFERS.id,
        place=place,
        severity=SPEC_DIFFERS.severity,
        message=f"{aspect}: the page says {says}, the spec {writes}",
        values=(f"{aspect}: {says} / {writes}",),
        claims=(Claim("page", says, page.source), Claim("spec", writes, spec.source)),
        source=page.source,
    )


def _changed(page: Page, pinned: Page) -> Iterator[Finding]:
    before = {
        (table.name, field.name): field.digest for table in pinned.tables for field in table.fields
    }
    for table in page.tables:
        for field in table.fields:
            known = before.get((table.name, field.name), field.digest)
            if known != field.digest:
                place = Place(page.operation, table.name, field.name)
                yield _of_cell(place, field.digest, known, field.source)


def _of_cell(place: Place, digest: str, known: str, source: Source) -> Finding:
    return Finding(
        id=CELL_CHANGED.id,
        place=place,
        severity=CELL_CHANGED.severity,
        message="the description is not the one that was pinned",
        values=(digest,),
        claims=(Claim("page", f"digest {digest}, pinned {known}", source),),
        source=source,
    )
