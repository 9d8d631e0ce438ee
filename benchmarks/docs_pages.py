"""How fast pages are read and judged, in one process, and what of that is bare HTML parsing.

`python -m benchmarks.docs_pages [FOLDER]` reads every HTML page below the folder (the vendor's
pages beside the repository by default), works out its facts, runs all rules over them, and prints
pages a second for each step and for both. Each round begins with nothing kept of the one before;
of several rounds the best counts, by processor time.
"""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import etree, html

from contract_tests.docs import read_page
from contract_tests.facts import Page
from contract_tests.findings import Finding
from contract_tests.rules import all_rules, find
from tests.rules.labelled import VENDOR_PAGES

ROUNDS = 9
WANTED = 300
"""Pages a second for facts and all rules together."""
LOADED = frozenset({"all_rules", "dialects"})
"""What is kept of modules, and not of pages."""


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else VENDOR_PAGES / "html"
    files = sorted(folder.rglob("*.html"))
    rules = all_rules()
    rounds = [_round(files) for _ in range(ROUNDS)]
    parsing, reading, judging = (min(step) for step in zip(*rounds, strict=True))
    both = min(reading + judging for _, reading, judging in rounds)

    print(f"{len(files)} pages, {len(rules)} rules")
    for name, seconds in (
        ("lxml alone", parsing),
        ("facts", reading),
        ("rules", judging),
        ("facts and rules", both),
    ):
        print(f"{name:16} {len(files) / seconds:8.0f} pages/s {seconds / len(files) * 1e3:7.2f} ms")
    print(f"share of lxml in facts and rules: {parsing / both:.0%}; wanted {WANTED} pages/s")


def _round(files: Sequence[Path]) -> tuple[float, float, float]:
    """The seconds of bare parsing, of reading and of judging, nothing known before."""
    _forget()
    contents = [file.read_bytes() for file in files]
    pages: list[Page] = []
    findings: list[Finding] = []
    parsing = _seconds(lambda: [_parse(content) for content in contents])
    reading = _seconds(lambda: pages.extend(map(read_page, files)))
    judging = _seconds(lambda: findings.extend(find(pages, all_rules())))
    return parsing, reading, judging


def _forget() -> None:
    """Empty what the package keeps of texts that it has seen."""
    for name, module in list(sys.modules.items()):
        for kept in vars(module).values() if name.startswith("contract_tests.") else ():
            if isinstance(kept, functools._lru_cache_wrapper) and kept.__name__ not in LOADED:
                kept.cache_clear()


def _parse(content: bytes) -> etree._Element:
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
