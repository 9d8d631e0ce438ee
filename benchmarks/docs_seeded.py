"""How many faults the rules find that are put into pages on purpose, and what else they then say.

`python -m benchmarks.docs_seeded [--each N] [--list] [RULE…]` takes vendor pages (those beside the
repository; without them there is nothing to measure), puts one fault of a rule into a page, N
pages a rule, and holds what the rules find against what they found before. A fault is found where
its rule names its place; *besides* counts the certain findings at other places that came with it.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from benchmarks.docs_seeding import FAULTS, Fault
from benchmarks.docs_seeding.drafts import Draft, drafts
from contract_tests.docs import html
from contract_tests.facts import Page
from contract_tests.findings import Finding
from contract_tests.rules import Rule, all_rules, find
from tests.rules.labelled import VENDOR_PAGES

Key: TypeAlias = tuple[str, str, str, tuple[str, ...]]
"""Rule, page, place and values of a finding."""
IN_ONE_PAGE = frozenset({"enum-differs", "limit-differs"})
"""Rules across pages that hold the tables of one page against each other as well."""
ALONE = tuple(rule for rule in all_rules() if rule.check)


@dataclass
class Tally:
    """What became of the faults of one rule."""

    put: int = 0
    found: int = 0
    elsewhere: int = 0
    besides: int = 0
    lines: list[str] = field(default_factory=list)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--each", type=int, default=12)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if not VENDOR_PAGES.is_dir():
        raise SystemExit(f"no pages at {VENDOR_PAGES}: nothing measured")
    every = list(drafts(sorted((VENDOR_PAGES / "html").rglob("*.html"))))
    whole = Tally()
    print(f"{'rule':34} {'put':>4} {'found':>5} {'by another':>10} {'besides':>7}")
    for rule in all_rules():
        if not options.rules or rule.id in options.rules:
            tally = _tally(rule, every, options.each)
            print(_line(rule.id, tally))
            if options.list:
                print("\n".join(tally.lines))
            for name in ("put", "found", "elsewhere", "besides"):
                setattr(whole, name, getattr(whole, name) + getattr(tally, name))
    print(_line("all", whole))


def _line(name: str, tally: Tally) -> str:
    return f"{name:34} {tally.put:4} {tally.found:5} {tally.elsewhere:10} {tally.besides:7}"


def _tally(rule: Rule, every: Sequence[Draft], each: int) -> Tally:
    chance = random.Random(rule.id)  # noqa: S311 (the same pages in every run)
    tally = Tally()
    for draft in chance.sample(every, len(every)):
        faults = list(_faults(rule, draft, every))
        if faults and tally.put < each:
            _try(rule, draft, chance.choice(faults), every, tally)
    return tally


def _faults(rule: Rule, draft: Draft, every: Sequence[Draft]) -> Iterator[Fault]:
    for fault in FAULTS[rule.id](draft.page) if rule.id in FAULTS else ():
        if rule.check or fault.at == "operation" or _is_copied(rule, fault, draft, every):
            yield fault


def _is_copied(rule: Rule, fault: Fault, draft: Draft, every: Sequence[Draft]) -> bool:
    """Whether two other pages of the service, or another table of the page, have the row too."""
    told = _told(draft.page)[fault.at]
    elsewhere = [_told(d.page).get(fault.at) for d in _service(draft, every) if d is not draft]
    name = fault.at.rpartition(".")[2]
    here = [text for at, text in _told(draft.page).items() if at.endswith(f".{name}")]
    alone = rule.id not in IN_ONE_PAGE
    return elsewhere.count(told) > 1 or (not alone and here.count(told) > 1)


def _service(draft: Draft, every: Sequence[Draft]) -> list[Draft]:
    folder = Path(draft.page.file).parent
    return [other for other in every if Path(other.page.file).parent == folder]


def _told(page: Page) -> dict[str, str]:
    rows = ((table, row) for table in page.tables for row in table.fields)
    return {f"{table.name}.{row.name}": row.description for table, row in rows}


def _try(rule: Rule, draft: Draft, fault: Fault, every: Sequence[Draft], tally: Tally) -> None:
    edited = Draft(draft.page, draft.data)
    try:
        fault.edit(edited)
    except (LookupError, StopIteration):
        return  # the page is written in another way than the edit expects
    page = html.read(edited.written(), draft.page.file)
    if rule.check:
        before, after = find([draft.page], ALONE), find([page], ALONE)
    else:
        pages = [other.page for other in _service(draft, every)]
        before, after = find(pages, [rule]), find(_changed(rule, draft, page, pages), [rule])
    _count(rule, fault, dict(_keyed(before)), dict(_keyed(after)), tally, page)


def _changed(rule: Rule, draft: Draft, page: Page, pages: Sequence[Page]) -> list[Page]:
    """The pages with the edited one, which takes the place of its own or stands beside it."""
    if rule.id == "same-uri-two-pages":
        return [*pages, replace(page, stem="Copy", original="", census=None)]
    return [page if other is draft.page else other for other in pages]


def _keyed(findings: Iterator[Finding]) -> Iterator[tuple[Key, Finding]]:
    for finding in findings:
        place = finding.place
        yield (finding.id, place.operation, place.name, finding.values), finding


def _count(
    rule: Rule,
    fault: Fault,
    before: dict[Key, Finding],
    after: dict[Key, Finding],
    tally: Tally,
    page: Page,
) -> None:
    known = {key[:3] for key, finding in before.items() if finding.certain}
    if any((id_, at) == (rule.id, fault.at) for id_, _, at in known):
        return  # no right page: the rule names this place already
    certain = {key[:3] for key, finding in after.items() if finding.certain} - known
    new = {(id_, at) for id_, _, at in certain}
    found = (rule.id, fault.at) in new
    unsure = (rule.id, fault.at) in {(key[0], key[2]) for key in after.keys() - before.keys()}
    others = [at for _, at in new if at != fault.at]
    tally.put += 1
    tally.found += found
    tally.elsewhere += not found and any(at == fault.at for _, at in new)
    tally.besides += len(others)
    if not found or others:
        what = "found " if found else "unsure" if unsure else "missed"
        tally.lines.append(f"    {what} {page.stem} {fault.at}; new: {sorted(new)}")


if __name__ == "__main__":
    main()
