"""Which line of which file a finding is shown at, in formats that show files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from contract_tests.findings import Party, Place, Source
from contract_tests.verdicts import Run, Verdict

Locator = Callable[[Verdict], tuple[Source, ...]]


def locator(run: Run) -> Locator:
    """A function that names the lines a verdict of this run is about, the one to mend first.

    That is the page's where the docs stand alone and the spec's otherwise: reviewers of a
    change see lines of their own repository. A finding that names no line gets those of the
    facts at its place; the answer is empty where nobody knows any.
    """
    of_facts: dict[Place, tuple[Source, ...]] = {
        fact.place: tuple(filter(None, (fact.spec_source, fact.page_source))) for fact in run.matrix
    }

    def sources(verdict: Verdict) -> tuple[Source, ...]:
        named = tuple(dict.fromkeys(_named(verdict)))
        return named or of_facts.get(verdict.finding.place, ())

    return sources


def _named(verdict: Verdict) -> Iterator[Source]:
    order: tuple[Party, ...] = ("page", "spec") if verdict.blame == "docs" else ("spec", "page")
    for party in order:
        yield from (c.source for c in verdict.finding.claims if c.party == party and c.source)
    if verdict.finding.source:
        yield verdict.finding.source
