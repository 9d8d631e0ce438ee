"""Triage: what is the same is merged, what is known is told from what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from contract_tests.contract import LedgerEntry, load_contract
from contract_tests.findings import Finding, Place, Severity
from contract_tests.triage import Reach, ledger_states, merge, sight, triage


def answered(category: str, operation: str = "StartNotebook") -> Finding:
    """A finding that the service answered this category."""
    return Finding(
        id="response-schema",
        place=Place(operation, "VolumeRes", "category"),
        severity=Severity.BREAKS_CLIENTS,
        message=f"{category} is none of SFS, EVS",
        values=(category,),
    )


def entry() -> LedgerEntry:
    """The ledger's entry for EFS."""
    return next(e for e in load_contract().ledger if e.id == "volume-category-efs")


findings = st.lists(st.sampled_from([answered(c) for c in ("EFS", "efs", "NFS", "SFS_TURBO")]))


def test_the_ledger_accepts_a_value_and_no_other() -> None:
    """EFS is known; efs and TOTALLY_DIFFERENT at the same place are new."""
    names = ("EFS", "efs", "TOTALLY_DIFFERENT")
    verdicts = triage(sight(map(answered, names)), [entry()])
    known = [v.finding.values for v in verdicts if v.state == "known"]
    new = [set(v.finding.values) for v in verdicts if v.state == "new"]
    assert known == [("EFS",)]
    assert new == [{"efs", "TOTALLY_DIFFERENT"}]


def test_one_fault_is_one_verdict() -> None:
    """A thousand answers with ten wrong values make one verdict that names and counts them."""
    names = [f"bad-{n % 10}" for n in range(1000)]
    (verdict,) = triage(sight(map(answered, names)), [])
    assert verdict.count == 1000
    assert set(verdict.finding.values) == set(names)
    assert "in all: bad-" in verdict.finding.message


def test_the_strict_view_knows_nothing() -> None:
    """Without a ledger everything is new, and fails."""
    (verdict,) = triage(sight([answered("EFS")]), [])
    assert verdict.state == "new"
    assert verdict.fails(Severity.BREAKS_CLIENTS)


def test_a_transient_fault_fails_nothing() -> None:
    """A reset that did not come again is listed; a flaky fault still fails."""
    finding = answered("efs")
    for nature, fails in (("transient", False), ("flaky", True), ("violation", True)):
        (verdict,) = triage(sight([finding]), [], natures={finding.fingerprint: nature})  # type: ignore[dict-item]
        assert verdict.fails(Severity.MISLEADS) is fails


def test_an_entry_is_seen_not_seen_or_not_exercised() -> None:
    """Its value came; its place was reached without it; its place was not reached."""
    today = date(2026, 11, 23)
    verdicts = triage(sight([answered("EFS")]), [entry()])
    states = [
        ledger_states([entry()], verdicts, Reach(), today)[0].state,
        ledger_states([entry()], (), Reach({"VolumeRes.category": 1}), today)[0].state,
        ledger_states([entry()], (), Reach({"VolumeRes.capacity": 1}), today)[0].state,
    ]
    assert states == ["seen", "not-seen", "not-exercised"]


def test_an_entry_is_due_on_its_review_date() -> None:
    """On the day itself it is due, the day before it is not."""
    mine = replace(entry(), review=date(2026, 11, 23))
    due = [ledger_states([mine], (), Reach(), date(2026, 11, day))[0].due for day in (22, 23)]
    assert due == [False, True]


@given(findings, findings)
def test_merging_does_not_depend_on_the_order(one: list[Finding], other: list[Finding]) -> None:
    """Two parts of a run make the same whole either way, and the same as one run."""
    merged = merge(sight(one), sight(other))
    assert merged == merge(sight(other), sight(one)) == sight([*one, *other])


@given(findings)
def test_fingerprints_do_not_speak_of_prose(found: list[Finding]) -> None:
    """Another message is the same finding; another value is not."""
    for finding in found:
        assert replace(finding, message="other words").fingerprint == finding.fingerprint
        assert replace(finding, values=("x",)).fingerprint != finding.fingerprint


def an_entry(id_: str) -> LedgerEntry:
    """An entry of the shipped ledger."""
    return next(each for each in load_contract().ledger if each.id == id_)


def state_of(id_: str, reach: Reach) -> tuple[str, int]:
    """What a run of that reach, which found nothing, says of an entry; and how often seen."""
    (state,) = ledger_states([an_entry(id_)], (), reach, date(2026, 11, 23))
    return state.state, state.count


def test_what_only_rules_find_is_not_exercised_without_a_page() -> None:
    """The place was answered a thousand times; the row of the page was not read once."""
    reach = Reach({"VolumeRes.capacity": 1000})
    assert state_of("volume-capacity-names-efs", reach) == ("not-exercised", 0)
    read = Reach({}, frozenset({"value-missing-from-enum"}))
    assert state_of("volume-capacity-names-efs", read) == ("not-seen", 0)


def test_an_entry_about_a_status_is_seen_when_it_is_answered() -> None:
    """The contract lists 400, so that no check speaks of it; the count tells."""
    assert state_of("status-400-unlisted", Reach({"status.400": 17})) == ("seen", 17)
    assert state_of("status-429-unlisted", Reach({"status.400": 17})) == ("not-exercised", 0)


def test_an_entry_that_nothing_finds_is_never_not_seen() -> None:
    """Without a rule or check there was nobody to see it."""
    assert state_of("duration-limits", Reach({"query.duration": 5})) == ("not-exercised", 0)
