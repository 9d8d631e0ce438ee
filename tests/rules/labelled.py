"""The labelled set: what a reader found on vendor pages, and how the rules compare with it.

`tests/labels/*.yaml` names a page (by its path among the vendor's pages) and the faults on it,
found by reading it row by row against every rule, before the rules were run:

    page: html/modelarts/ListWorkspaces.html
    labels:
      - {rule: example-wrong-type, at: workspacePropertiesWithoutGrants.id}
      - {rule: status-without-body, at: status, values: ["201"], certain: false}

A label that is not certain is a matter of judgement: finding it counts neither for nor against a
rule. Findings that are not certain do not count at all.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from contract_tests.docs import read_page
from contract_tests.findings import Finding
from contract_tests.rules import all_rules, find

HERE = Path(__file__).parent
LABELS = HERE.parent / "labels"
VENDOR_PAGES = Path(os.environ.get("CONTRACT_TESTS_PAGES", HERE.parents[2] / "shared" / "pages"))


@dataclass(frozen=True, order=True)
class Spot:
    """What a label and a finding have in common: page, rule, and place on the page."""

    page: str
    rule: str
    at: str


@dataclass(frozen=True)
class Labels:
    """The labels of all pages, apart by how sure the reader was."""

    pages: tuple[str, ...]
    certain: frozenset[Spot]
    open: frozenset[Spot]


@dataclass(frozen=True)
class Score:
    """Per rule: spots found and labelled, found and not labelled, labelled and not found."""

    hits: Counter[str]
    false: Counter[str]
    missed: Counter[str]

    def precision(self, rule: str | None = None) -> float:
        """The share of the findings that the reader agrees with; 1 where there is none."""
        return _share(_of(self.hits, rule), _of(self.false, rule))

    def recall(self, rule: str | None = None) -> float:
        """The share of the labels that the rules found; 1 where there is none."""
        return _share(_of(self.hits, rule), _of(self.missed, rule))


def read_labels(folder: Path = LABELS) -> Labels:
    """All labels of the set."""
    pages: list[str] = []
    spots: dict[bool, set[Spot]] = {True: set(), False: set()}
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        pages.append(content["page"])
        for label in content["labels"]:
            spot = Spot(content["page"], label["rule"], label["at"])
            spots[label.get("certain", True)].add(spot)
    return Labels(tuple(pages), frozenset(spots[True]), frozenset(spots[False] - spots[True]))


def found_on(pages: Iterable[str], root: Path = VENDOR_PAGES) -> dict[Spot, Finding]:
    """The certain findings of all rules on these pages, read together as one folder."""
    names = {str(root / name): name for name in pages}
    readings = [read_page(root / name) for name in names.values()]
    by_stem = {page.stem: names[page.file] for page in readings}
    return {
        Spot(by_stem[finding.place.operation], finding.id, finding.place.name): finding
        for finding in find(readings, all_rules())
        if finding.certain
    }


def compare(labels: Labels, found: Iterable[Spot]) -> Score:
    """Hold findings against labels."""
    spots = set(found)
    return Score(
        hits=Counter(spot.rule for spot in spots & labels.certain),
        false=Counter(spot.rule for spot in spots - labels.certain - labels.open),
        missed=Counter(spot.rule for spot in labels.certain - spots),
    )


def _of(counts: Counter[str], rule: str | None) -> int:
    return counts.total() if rule is None else counts[rule]


def _share(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0
