"""Two runs held against each other."""

from __future__ import annotations

from dataclasses import replace

from contract_tests.report.compare import as_data, as_markdown, as_text, compare
from contract_tests.verdicts import Run
from tests.report.sample_facts import fact
from tests.report.sample_runs import all_known, base_run, hostile, mixed
from tests.report.sample_verdicts import known_efs, new_efs, new_step, new_transient


def of(*verdicts: object, **changes: object) -> Run:
    """A run with these verdicts."""
    return base_run(verdicts=verdicts, **changes)


def test_a_run_against_itself() -> None:
    """Nothing came, nothing went, everything is still there."""
    same = compare(mixed(), mixed())
    assert (same.new, same.gone, same.values, same.conditions) == ((), (), (), ())
    assert len(same.still) == len(mixed().verdicts)
    assert not same.worse


def test_what_stays_known_is_one_line_an_entry() -> None:
    """The findings that fail are told one by one."""
    other = replace(known_efs(), finding=replace(known_efs().finding, values=("evs",)))
    run = of(new_step(), known_efs(), other)
    _, _, still, failing, known, *_ = as_text(compare(run, run)).splitlines()
    assert still == "still there (3)"
    assert failing.endswith(new_step().finding.id)
    assert known.split() == ["known", str(known_efs().ledger_id), "2", "findings"]


def test_new_gone_and_still_there() -> None:
    """By fingerprint: the count and the message may change."""
    stays = replace(new_step(), count=99)
    found = compare(of(new_step(), known_efs()), of(stays, new_efs()))
    assert (found.new, found.gone, found.still) == ((new_efs(),), (known_efs(),), (stays,))
    assert found.worse


def test_what_is_new_but_known_makes_nothing_worse() -> None:
    """The ledger of the later run covers it."""
    found = compare(of(), of(known_efs()))
    assert found.new == (known_efs(),)
    assert not found.worse


def test_what_was_known_and_is_no_longer_is_new() -> None:
    """Its ledger entry was taken out."""
    forgotten = replace(known_efs(), state="new", ledger_id=None)
    found = compare(of(known_efs()), of(forgotten))
    assert found.new == (forgotten,)
    assert found.worse


def test_a_passing_overload_makes_nothing_worse() -> None:
    """It is told all the same."""
    found = compare(of(), of(new_transient()))
    assert found.new == (new_transient(),)
    assert not found.worse


def test_the_worst_comes_first() -> None:
    """New before known, severe before cosmetic."""
    found = compare(of(), of(known_efs(), new_step(), new_efs()))
    assert found.new == (new_efs(), new_step(), known_efs())


def test_values_first_seen() -> None:
    """A value of an enumeration that no answer carried before."""
    parties = ("SFS, EVS", "SFS, EVS", "EVS")
    before = fact("VolumeRes.category", "enum", "agree", parties, seen={"EVS": 3})
    after = replace(before, seen={"EVS": 2, "EFS": 7})
    (first,) = compare(of(matrix=(before,)), of(matrix=(after,))).values
    assert (str(first.place), first.value, first.count) == (
        "StartNotebook:VolumeRes.category",
        "EFS",
        7,
    )


def test_what_makes_the_comparison_less_telling_is_noted() -> None:
    """Another view or seed explains a difference."""
    found = compare(of(), of(view="documented", seed=1))
    assert found.conditions == (("view", "observed", "documented"), ("seed", "4711", "1"))
    assert as_text(found).startswith("note: view differs, observed and documented\n")


def test_as_text() -> None:
    """Four parts with counts; known ones say so."""
    text = as_text(compare(of(new_step()), all_known()))
    assert "new (3)\n  breaks-clients StartNotebook:VolumeRes.category = EFS" in text
    assert ", known: volume-category-efs" in text
    assert "gone (1)\n  misleads       StartNotebook:JobProgress.step = 0  example-value" in text
    assert "still there (0)\nvalues first seen (" in text


def test_as_markdown() -> None:
    """The same four parts as tables."""
    text = as_markdown(compare(of(new_step()), all_known()))
    assert "## New (3)" in text
    assert "| misleads | `StartNotebook:JobProgress.step = 0` |" in text
    assert "| `StartNotebook:VolumeRes.category` | `EFS` | 118 |" in text


def test_as_data_has_all_of_it() -> None:
    """Fingerprints, so that a machine can follow a finding."""
    data = as_data(compare(of(), mixed()))
    assert {v["fingerprint"] for v in data["new"]} == {
        v.finding.fingerprint for v in mixed().verdicts
    }
    assert set(data) == {"new", "gone", "still_there", "values_first_seen", "conditions"}


def test_a_hostile_run_cannot_steer_the_terminal() -> None:
    """Text and Markdown show its controls as symbols."""
    found = compare(of(), hostile())
    for text in (as_text(found), as_markdown(found)):
        assert not {c for c in text if ord(c) < 0x20 and c != "\n"}
