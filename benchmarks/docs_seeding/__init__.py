"""One fault of each rule, put into a right page.

A function bears the name of its rule. It yields the faults that a page offers a place for, each
with the place that the rule is to name. Nothing here asks a rule: what can be spoiled is told
from the facts alone. No faults are put for `error-code-status-missing`, which needs an appendix
that speaks of the page, and none for `same-uri-two-pages` but a second copy of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from benchmarks.docs_seeding import across, examples, operations, prose, structures
from benchmarks.docs_seeding.edits import Fault
from contract_tests.facts import Page

__all__ = ["FAULTS", "Fault"]

FAULTS: Mapping[str, Callable[[Page], Iterator[Fault]]] = {
    name.replace("_", "-"): function
    for module in (across, examples, operations, prose, structures)
    for name, function in vars(module).items()
    if callable(function) and getattr(function, "__module__", "") == module.__name__
    if not name.startswith("_")
}
"""By the id of the rule that is to find them."""
