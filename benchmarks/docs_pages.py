"""How fast pages are read and judged, in one process, and what of that is bare HTML parsing.

`python -m benchmarks.docs_pages [FOLDER]` reads every HTML page below the folder (the vendor's
pages beside the repository by default), works out its facts, runs all rules over them, and prints
pages a second for each step and for all. The best of several rounds counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from lxml import etree, html

from contract_tests.docs import read_page
from contract_tests.docs.reading.descriptions import read_description
from contract_tests.facts import Page
from contract_tests.rules import all_rules, find
from tests.rules.labelled import VENDOR_PAGES

ROUNDS = 5
WANTED = 300
"""Pages a second for facts and all rules together."""

T = TypeVar("T")


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else VENDOR_PAGES / "html"
    files = sorted(folder.rglob("*.html"))
    contents = [file.read_bytes() for file in files]
    rules = all_rules()

    parsing, _ = _best(lambda: [_parse(content) for content in contents])
    reading, pages = _best(lambda: _read(files))
    judging, findings = _best(lambda: list(find(pages, rules)))

    both = reading + judging
    print(f"{len(files)} pages, {len(rules)} rules, {len(findings)} findings")
    for name, seconds in (
        ("lxml alone", parsing),
        ("facts", reading),
        ("rules", judging),
        ("facts and rules", both),
    ):
        print(f"{name:16} {len(files) / seconds:8.0f} pages/s {seconds / len(files) * 1e3:7.2f} ms")
    print(f"share of lxml in facts and rules: {parsing / both:.0%}; wanted {WANTED} pages/s")


def _read(files: Sequence[Path]) -> list[Page]:
    """The facts of all pages, from scratch: what a round before kept of them is forgotten."""
    read_description.cache_clear()
    return [read_page(file) for file in files]


def _parse(content: bytes) -> etree._Element:
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))


def _best(work: Callable[[], T]) -> tuple[float, T]:
    """The processor seconds of the fastest round, and what the work yields."""
    fastest, result = float("inf"), None
    for _ in range(ROUNDS):
        started = time.process_time()
        result = work()
        fastest = min(fastest, time.process_time() - started)
    assert result is not None
    return fastest, result


if __name__ == "__main__":
    main()
