"""From steps to one decision."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.errors import InputError
from contract_tests.gate import Decision, Outcome, Step, Verdict, decide
from contract_tests.gate.report import as_json, as_markdown, as_text, write

OUTCOMES: list[Outcome] = ["passed", "known", "failed", "undecided", "skipped"]


@pytest.mark.parametrize(
    ("outcomes", "verdict", "code"),
    [
        (["passed", "passed"], "go", 0),
        (["passed", "skipped"], "go", 0),
        (["passed", "known"], "go with known discrepancies", 0),
        (["known", "failed"], "no-go", 1),
        (["undecided", "failed"], "no-go", 1),
        (["known", "undecided"], "undecided", 2),
        (["skipped", "skipped"], "undecided", 2),
        ([], "undecided", 2),
    ],
)
def test_the_worst_step_decides(outcomes: list[Outcome], verdict: Verdict, code: int) -> None:
    """A no is a no; what could not be done leaves it open; nothing done decides nothing."""
    decision = Decision(tuple(Step(str(i), outcome) for i, outcome in enumerate(outcomes)))
    assert (decision.verdict, decision.exit_code) == (verdict, code)


@given(st.lists(st.sampled_from(OUTCOMES)), st.randoms())
def test_the_order_of_the_steps_does_not_matter(outcomes: list[Outcome], random: object) -> None:
    """Nor how often an outcome occurs."""
    steps = [Step("a", outcome) for outcome in outcomes]
    assert Decision(tuple(steps)).verdict == Decision((*steps[::-1], *steps)).verdict


def test_a_step_that_cannot_be_done_says_why_and_the_others_are_done() -> None:
    """A left-out step is not done at all."""
    done: list[str] = []

    def passing() -> Step:
        done.append("passing")
        return Step("b", "passed")

    def failing() -> Step:
        raise InputError("no file", "give one")

    tasks: list[tuple[str, Callable[[], Step]]] = [("a", failing), ("b", passing), ("c", passing)]
    decision = decide(tasks, ["c"])
    assert [(step.name, step.outcome) for step in decision.steps] == [
        ("a", "undecided"),
        ("b", "passed"),
        ("c", "skipped"),
    ]
    assert decision.steps[0].reasons == ("no file; give one",)
    assert done == ["passing"]


def test_the_files_hold_the_decision_with_every_reason(tmp_path: Path) -> None:
    """Markdown for people, JSON for programs; the terminal shows the first few."""
    reasons = tuple(f"reason {i}" for i in range(30))
    decision = Decision((Step("spec diff", "failed", reasons), Step("docs", "passed")))
    paths = write(decision, tmp_path / "new")
    assert [path.name for path in paths] == ["release-gate.md", "release-gate.json"]
    markdown, document = paths[0].read_text(), json.loads(paths[1].read_text())
    assert markdown.startswith("# Release gate: no-go\n")
    assert all(f"- {reason}\n" in markdown for reason in reasons)
    assert document["decision"] == "no-go"
    assert document["steps"][0] == {
        "name": "spec diff",
        "outcome": "failed",
        "reasons": list(reasons),
    }
    assert as_text(decision).startswith("Release gate: no-go\n")
    assert "and 20 more" in as_text(decision)
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(
        path.name for path in paths
    )


def test_a_reason_cannot_break_out_of_its_line() -> None:
    """What a document or a service says is shown, never rendered."""
    decision = Decision((Step("run", "failed", ("<b>bold</b>\n# heading | `code`",)),))
    assert "- &lt;b&gt;bold&lt;/b&gt; \\# heading \\| \\`code\\`\n" in as_markdown(decision)
    assert "\n# heading" not in as_text(decision)
    assert json.loads(as_json(decision))["steps"][0]["reasons"] == list(decision.steps[0].reasons)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """With what to do about it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"cannot be written: .*; give --reports a folder"):
        write(Decision(()), tmp_path / "file" / "below")
