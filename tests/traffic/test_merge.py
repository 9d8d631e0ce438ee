"""Merging is associative, commutative and idempotent; so it does not matter who read what."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from contract_tests.findings import Finding, Place, Severity
from contract_tests.traffic.merge import MOST_DIAGNOSTICS, NOTHING, Sample, Tally, merge, merge_all
from contract_tests.traffic.reading.records import Diagnostic
from contract_tests.traffic.verifier import Settings
from contract_tests.traffic.verify import verify
from tests.traffic.samples import ndjson, notebook, raw, read_all

PLACE = Place("StartNotebook", "VolumeRes", "category")


def sample(size: int, file: str, offset: int, value: str, message: str = "") -> tuple[str, Sample]:
    """A finding, by its fingerprint."""
    finding = Finding(
        id="response-schema",
        place=PLACE,
        severity=Severity.MISLEADS,
        message=f"{file}@{offset}{message}",
        values=(value,),
    )
    return finding.fingerprint, Sample(size, file, offset, finding)


NAMES = st.sampled_from([("finding", "a"), ("finding", "b"), ("record",), ("exchange", "x", "200")])
TALLIES = st.builds(
    Tally,
    st.dictionaries(
        st.sampled_from(["one@0", "one@9", "two@0"]), st.dictionaries(NAMES, st.integers(1, 9))
    ),
    st.lists(
        st.builds(
            sample,
            st.integers(1, 2),
            st.sampled_from(["a", "b"]),
            st.integers(0, 1),
            st.just("efs"),
            st.sampled_from([" one", " other"]),
        )
    ).map(dict),
    st.lists(st.builds(Diagnostic, st.sampled_from("xy"), st.sampled_from("ab"), st.integers(0, 2)))
    .map(set)
    .map(lambda found: merge_all([Tally({}, {}, tuple(found))]).diagnostics),
)


@settings(deadline=None)
@given(TALLIES, TALLIES, TALLIES)
def test_it_is_associative(one: Tally, two: Tally, three: Tally) -> None:
    """Parts may be merged in any grouping."""
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@settings(deadline=None)
@given(TALLIES, TALLIES)
def test_it_is_commutative(one: Tally, two: Tally) -> None:
    """And in any order."""
    left, right = merge(one, two), merge(two, one)
    assert left == right
    assert {k: s.finding for k, s in left.samples.items()} == {
        k: s.finding for k, s in right.samples.items()
    }


@settings(deadline=None)
@given(TALLIES, TALLIES)
def test_it_loses_nothing(one: Tally, two: Tally) -> None:
    """Not even what only one of two saw of a batch that both had in hand."""
    merged = merge(one, two)
    for batch, counts in one.counts.items():
        assert all(merged.counts[batch][name] >= count for name, count in counts.items())
    assert merged.samples.keys() == one.samples.keys() | two.samples.keys()
    assert set(merged.diagnostics) == {*one.diagnostics, *two.diagnostics}


@settings(deadline=None)
@given(TALLIES, TALLIES)
def test_it_is_idempotent(one: Tally, two: Tally) -> None:
    """A part may come twice, also once others are merged in."""
    assert merge(one, one) == one
    assert merge(merge(one, two), one) == merge(one, two)
    assert merge(one, NOTHING) == one


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40), max_size=5), st.randoms())
def test_the_result_does_not_depend_on_how_the_data_was_split(
    cuts: list[int], order: random.Random
) -> None:
    """Cut anywhere, verified part by part in any order, some parts twice."""
    bounds = [0, *sorted(cuts), 40]
    parts = [RECORDS[a:b] for a, b in pairwise(bounds)]
    verifier = Settings(now=1.8e9).verifier()
    tallies = [verify(verifier, part, f"a@{part[0].offset}") for part in parts if part]
    tallies += tallies[:2]
    order.shuffle(tallies)
    merged, whole = merge_all(tallies), verify(verifier, RECORDS, "a@0")
    for kind in ("record", "exchange", "finding", "exercised", "value", "kind"):
        assert merged.totals(kind) == whole.totals(kind)
    assert {k: s.rank for k, s in merged.samples.items()} == {
        k: s.rank for k, s in whole.samples.items()
    }


def _records() -> list[object]:
    statuses = ("STARTING", "SLEEPING", "RUNNING", "DOZING")
    return [raw(notebook(status=statuses[i % 4], name=f"n{i}")) for i in range(40)]


RECORDS = read_all(ndjson(*_records()))[0]


def test_the_first_diagnostics_are_kept_each_once() -> None:
    """By file, offset and reason, whoever found them; all are counted elsewhere."""
    found = [Diagnostic(reason, "a", i) for i in range(MOST_DIAGNOSTICS) for reason in "xy"]
    parts = [Tally(diagnostics=tuple(found[i::7])) for i in (3, 1, 6, 0, 2, 5, 4, 1)]
    assert merge_all(parts).diagnostics == tuple(found[:MOST_DIAGNOSTICS])


def test_sightings_are_what_triage_takes() -> None:
    """The count over all batches, the smallest exchange."""
    fingerprint, small = sample(1, "a", 5, "efs")
    _, large = sample(2, "a", 0, "efs")
    one = Tally({"a@0": {("finding", fingerprint): 3}}, {fingerprint: large})
    two = Tally({"b@0": {("finding", fingerprint): 4}}, {fingerprint: small})
    sighting = merge(one, two).sightings()[fingerprint]
    assert (sighting.count, sighting.finding.message) == (7, "a@5")
