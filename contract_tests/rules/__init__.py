"""Rules find what a page gets wrong: one module each, found with pkgutil, samples in its docstring.

A rule module's docstring says in its first line what is wrong, then why it matters, then shows a
small page under `Fails::` and one under `Passes::` (notation: `tests/rules/sample_pages.py`). The
module has two constants and one generator:

    SEVERITY = Severity.MISLEADS
    AREA = "example"                     # example, prose, structure, operation or across

    def check(reading: Reading) -> Iterator[Problem]: ...                 # a rule about one page
    def check_all(readings: Readings) -> Iterator[Problem]: ...           # AREA "across"

The rule's id is the file's name in kebab case. What several rules share stands in the package
`reading`, worked out once a page; packages here are never rules.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Literal

from contract_tests.errors import InputError
from contract_tests.facts import Page
from contract_tests.findings import Finding, Place, Severity, Suggestion
from contract_tests.rules.reading import Problem, Reading, Readings

__all__ = ["Problem", "Reading", "Readings", "Rule", "all_rules", "find", "select"]

Area = Literal["example", "prose", "structure", "operation", "across"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule module, loaded. It has `check` or `check_all`, never both."""

    id: str
    area: Area
    severity: Severity
    doc: str
    check: Callable[[Reading], Iterator[Problem]] | None
    check_all: Callable[[Readings], Iterator[Problem]] | None

    @property
    def title(self) -> str:
        """What is wrong, in one line."""
        return self.doc.partition("\n")[0]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, by id."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.ispkg)
    return tuple(_load(name) for name in names)


def _load(name: str) -> Rule:
    module = importlib.import_module(f"{__name__}.{name}")
    return Rule(
        id=name.replace("_", "-"),
        area=module.AREA,
        severity=module.SEVERITY,
        doc=inspect.cleandoc(module.__doc__ or ""),
        check=getattr(module, "check", None),
        check_all=getattr(module, "check_all", None),
    )


def select(chosen: Sequence[str] = (), ignored: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The chosen rules (all where none is chosen) without the ignored ones.

    Raises:
        InputError: for a name that no rule has.
    """
    for name in (*chosen, *ignored):
        _require(name)
    return tuple(
        rule for rule in all_rules() if (not chosen or rule.id in chosen) and rule.id not in ignored
    )


def _require(name: str) -> None:
    known = [rule.id for rule in all_rules()]
    if name in known:
        return
    near = get_close_matches(name, known, n=1)
    remedy = f"did you mean {near[0]}?" if near else f"the rules are {', '.join(known)}"
    raise InputError(f"no rule {name!r}", remedy)


def find(pages: Iterable[Page], rules: Sequence[Rule]) -> Iterator[Finding]:
    """Run the rules over the pages; findings come page by page, then those across pages."""
    across = [rule for rule in rules if rule.check_all]
    kept: list[Reading] = []
    for page in pages:
        reading = Reading(page)
        for rule in rules:
            if rule.check:
                for problem in rule.check(reading):
                    yield _finding(rule, problem, page.stem)
        if across:
            kept.append(reading)
    readings = Readings(kept)
    for rule in across:
        if rule.check_all:
            for problem in rule.check_all(readings):
                yield _finding(rule, problem, "")


def _finding(rule: Rule, problem: Problem, stem: str) -> Finding:
    return Finding(
        id=rule.id,
        place=Place(problem.stem or stem, problem.structure, problem.field),
        severity=rule.severity,
        message=problem.message,
        values=problem.values,
        claims=problem.claims,
        source=problem.source,
        suggestion=_suggestion(problem),
        certain=problem.certain,
    )


def _suggestion(problem: Problem) -> Suggestion | None:
    if problem.suggestion is None:
        return None
    return Suggestion(problem.suggestion, problem.overlay_action)
