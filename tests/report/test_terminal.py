"""The summary that ends a run in the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from contract_tests.report.terminal import print_summary
from contract_tests.verdicts import Run
from tests.report.sample_runs import all_known, empty, hostile, mixed, ten_thousand


def printed(run: Run, *, terminal: bool = False, encoding: str = "utf-8") -> str:
    """What a terminal, or a pipe, gets."""
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    console = Console(file=stream, force_terminal=terminal, color_system="auto", width=100)
    print_summary(run, console, Path("reports/latest"))
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("run", [empty(), all_known(), mixed(), hostile(), ten_thousand()])
def test_it_is_about_twenty_lines(run: Run) -> None:
    """Whatever the run found, a screen holds it; the verdict and the folder end it."""
    lines = printed(run).splitlines()
    assert len(lines) <= 26
    assert lines[-2].startswith(run.outcome.upper())
    assert lines[-1] == "reports: reports/latest"


def test_it_names_what_is_new_and_who_stands_alone() -> None:
    """The place, the value, each party's words and the line of the page."""
    text = printed(mixed())
    assert "StartNotebook:VolumeRes.category = efs  the service stands alone, 14 times" in text
    assert "page: SFS, EVS (StartNotebook.html:615)" in text


def test_it_names_the_known_discrepancies_that_were_seen() -> None:
    """With values, counts and ledger entries; the rest of the ledger in one line."""
    text = printed(all_known())
    assert "VolumeRes.category EFS  118 times, volume-category-efs" in text
    assert "Lease.type TIMING  118 times, lease-type-upper-case" in text
    assert "1 not seen, 1 not exercised, 2 due for review" in text


def test_a_pipe_gets_plain_text() -> None:
    """No escape sequence where no terminal is."""
    assert "\x1b" not in printed(mixed())


def test_a_terminal_gets_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless NO_COLOR asks for none."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31m" in printed(mixed(), terminal=True)


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR leaves weight, never colour."""
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in printed(mixed(), terminal=True)


def test_a_hostile_answer_cannot_steer_the_terminal() -> None:
    """Its escape characters are shown as symbols, its line ends do not break lines."""
    text = printed(hostile())
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "␛[31m" in text


def test_a_stream_that_knows_no_unicode_still_gets_the_summary() -> None:
    """Signs it lacks become question marks."""
    assert "FAILED" in printed(hostile(), encoding="ascii")
