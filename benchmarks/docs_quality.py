"""How well the rules judge: precision and recall on the labelled set, per rule and in all.

`python -m benchmarks.docs_quality` prints the table, `--list` each spot they differ in as well.
"""

from __future__ import annotations

import sys

from contract_tests.rules import all_rules
from tests.rules.labelled import Score, Spot, compare, found_on, read_labels


def main() -> None:
    """Print the table."""
    labels = read_labels()
    found = found_on(labels.pages)
    score = compare(labels, found)
    print(f"{len(labels.pages)} pages, {len(labels.certain)} certain labels")
    print(f"{'rule':34} {'hits':>5} {'false':>5} {'missed':>6} {'precision':>10} {'recall':>7}")
    for rule in all_rules():
        print(_line(rule.id, score, rule.id))
    print(_line("all", score, None))
    judged = len(found.keys() & labels.open)
    print(f"besides, {judged} findings on labels that are a matter of judgement, not counted")
    if "--list" in sys.argv:
        for spot in sorted(found.keys() - labels.certain - labels.open):
            print(f"false   {_named(spot)}: {found[spot].message}")
        for spot in sorted(labels.certain - found.keys()):
            print(f"missed  {_named(spot)}")


def _line(name: str, score: Score, rule: str | None) -> str:
    counts = [
        sum(counter.values()) if rule is None else counter[rule]
        for counter in (score.hits, score.false, score.missed)
    ]
    if not any(counts):
        return f"{name:34} {'-':>5} {'-':>5} {'-':>6} {'-':>10} {'-':>7}"
    hits, false, missed = counts
    return (
        f"{name:34} {hits:5} {false:5} {missed:6} "
        f"{score.precision(rule):10.3f} {score.recall(rule):7.3f}"
    )


def _named(spot: Spot) -> str:
    return f"{spot.page} {spot.rule} {spot.at}"


if __name__ == "__main__":
    main()
