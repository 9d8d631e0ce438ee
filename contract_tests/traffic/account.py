"""What a tally comes to: the evidence of a run, and an account of the traffic itself."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from contract_tests.assembly import Evidence
from contract_tests.contract import Contract
from contract_tests.report.codec import encode
from contract_tests.threeway import Observations, judge, pinned_page
from contract_tests.traffic.merge import MOST_TEMPLATES, Tally
from contract_tests.verdicts import TargetLine

FILENAME = "traffic.json"


def evidence_of(contract: Contract, tally: Tally, names: str, started: float) -> Evidence:
    """What recorded traffic brings into a run; `names` are those of its sources."""
    sightings = tally.sightings()
    exercised = {name: count for (name,), count in tally.totals("exercised").items()}
    observations = Observations(exercised, by_place(tally, "value"), by_place(tally, "kind"))
    page = pinned_page(contract)
    findings = [sighting.finding for sighting in sightings.values()]
    judgement = judge(contract, page, page, findings, observations) if page else None
    successes = [s for (_, s) in tally.totals("exchange") if s.isdigit() and int(s) < 300]
    return Evidence(
        target=TargetLine("recorded", names),
        started=started,
        sightings=sightings,
        exercised=exercised,
        proven=bool(successes),
        blames=judgement.blames if judgement else {},
        page_claims=judgement.page_claims if judgement else {},
        matrix=judgement.matrix if judgement else (),
    )


def account(tally: Tally) -> dict[str, Any]:
    """The traffic as plain data: what came, what matched nothing, what could not be read."""
    unmatched = tally.totals("unmatched")
    shown = sorted(unmatched.items(), key=lambda item: (-item[1], item[0]))[:MOST_TEMPLATES]
    exchanges: dict[str, dict[str, int]] = defaultdict(dict)
    for (operation, status), count in sorted(tally.totals("exchange").items()):
        exchanges[operation][status] = count
    return {
        "records": tally.total("record"),
        "exchanges": exchanges,
        "unmatched": {"exchanges": unmatched.total(), "templates": {t: n for (t,), n in shown}},
        "values": by_place(tally, "value"),
        "exercised": dict(sorted((n, c) for (n,), c in tally.totals("exercised").items())),
        "diagnostics": {
            "count": tally.total("diagnostic"),
            "first": [encode(found) for found in tally.diagnostics],
        },
        "findings": {
            key: {"file": sample.file, "offset": sample.offset, "place": str(sample.finding.place)}
            for key, sample in sorted(tally.samples.items())
        },
    }


def account_file(tally: Tally) -> dict[str, str]:
    """The account as it stands beside the reports of its run: the text by the file's name."""
    return {FILENAME: json.dumps(account(tally), indent=1, ensure_ascii=False) + "\n"}


def unread(tally: Tally, names: Mapping[str, str]) -> list[str]:
    """The patterns from which nothing could be read, though something stood there.

    Args:
        tally: of all sources.
        names: the pattern of each source.
    """
    records: dict[str, int] = defaultdict(int)
    faults: dict[str, int] = defaultdict(int)
    for batch, counts in tally.counts.items():
        pattern = names[batch.rpartition("@")[0]]
        records[pattern] += counts.get(("record",), 0)
        faults[pattern] += counts.get(("diagnostic",), 0)
    return sorted(pattern for pattern in faults if faults[pattern] and not records[pattern])


def by_place(tally: Tally, kind: str) -> dict[str, dict[str, int]]:
    """The counts of values or kinds by the name of their place, over all operations."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (_, place, value), count in sorted(tally.totals(kind).items()):
        found[place][value] += count
    return {place: dict(values) for place, values in found.items()}
