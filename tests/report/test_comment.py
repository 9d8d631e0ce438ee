"""comment.md and summary.md: Markdown in which foreign text is only text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from contract_tests.report import markdown, summary
from contract_tests.report.markdown_text import block, code, plain, table
from contract_tests.verdicts import Run
from tests.report.sample_runs import all_known, empty, hostile, mixed, ten_thousand

READER = MarkdownIt("gfm-like", {"linkify": False})
anything = st.text(st.characters(exclude_categories=())) | st.text(
    "`*_|<>[]()@#&\\ \n-:/w.", max_size=20
)


def tokens(text: str) -> list[Token]:
    """All tokens, also those inside of others."""
    found: list[Token] = []
    for token in READER.parse(text):
        found += [token, *(token.children or [])]
    return found


@pytest.mark.parametrize("run", [empty(), all_known(), mixed(), hostile(), ten_thousand()])
def test_the_comment_fits(run: Run) -> None:
    """Below GitHub's limit with room to spare, whatever was found."""
    text = markdown.render(run)
    assert len(text) < 65_000
    assert text.startswith(markdown.MARKER)
    assert text.count("<details>") == text.count("</details>")


def test_the_comment_begins_with_the_worst() -> None:
    """The order is that of the run's new findings; what does not fit is counted."""
    text = markdown.render(ten_thousand())
    headings = re.findall(r"^### `([^`]+)`", text, re.MULTILINE)
    wanted = [str(v.finding.place) for v in ten_thousand().new]
    assert headings == wanted[: len(headings)]
    assert f"… and {10_000 - len(headings):,} findings more" in text


def test_the_comment_holds_the_evidence() -> None:
    """Claims with their lines, the answer with the differing line marked, curl."""
    text = markdown.render(mixed())
    assert "| page | `SFS, EVS` | `StartNotebook.html:615` |" in text
    assert '"category": "efs"  ◀' in text
    assert "```sh\ncurl -X POST" in text
    assert "Due for review: `lease-type-upper-case`, `endpoints-ssh-keys`" in text
    assert (
        "3 constraints not proven, 154 requests withheld, 1 flaky, 1 transient, "
        "4 requests sent again" in text
    )


@pytest.mark.parametrize("render", [markdown.render, summary.render])
def test_a_hostile_run_makes_no_markup(render: object) -> None:
    """No link, image, emphasis or element of a foreign text's making."""
    assert callable(render)
    found = tokens(render(hostile()))
    assert not {t.type for t in found} & {"link_open", "image", "em_open", "s_open"}
    elements = "".join(t.content for t in found if t.type in ("html_block", "html_inline"))
    left = re.sub(r"</?(details|summary)>|<!-- contract-tests -->", "", elements)
    assert "<" not in left


@given(anything)
def test_plain_text_is_one_text(text: str) -> None:
    """Any text, in a paragraph: nothing but text comes out, and no mention or reference."""
    found = tokens(f"It says {plain(text)} there.")
    kinds = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert {t.type for t in found} <= kinds | {"softbreak"}
    assert not re.search(r"@\w|#\d|://|www\.", html.unescape(plain(text)))


@given(anything)
def test_code_is_one_span(text: str) -> None:
    """Any text, backticks and all."""
    spans = [t for t in tokens(f"It says {code(text)} there.") if t.type == "code_inline"]
    assert len(spans) == 1


@given(anything)
def test_a_block_stays_one_block(text: str) -> None:
    """No fence in the text ends it."""
    kinds = [t.type for t in tokens(f"Before\n\n{block(text)}\n\nAfter")]
    assert kinds.count("fence") == 1
    assert kinds.count("paragraph_open") == 2


@given(st.lists(anything, min_size=1, max_size=3))
def test_a_table_keeps_its_cells(cells: list[str]) -> None:
    """Bars in the cells make no further cells."""
    head = ["x"] * len(cells)
    found = tokens(table(head, [[code(cell) for cell in cells]]))
    assert sum(t.type == "td_open" for t in found) == len(cells)
    assert sum(t.type == "tr_open" for t in found) == 2


def test_the_summary_has_every_part() -> None:
    """Verdict, new findings, ledger with its states, what is open."""
    text = summary.render(mixed())
    assert text.startswith("# Failed\n")
    assert "## New findings (6)" in text
    assert "| not exercised | `endpoints-ssh-keys` |" in text
    assert "2026-11-01 **due**" in text
    assert "- withheld: 24 requests, stop (lifecycle)" in text


def test_a_long_summary_is_cut() -> None:
    """It says how many rows are left out and where they are."""
    assert "… and 9,800 more: see `run.json`." in summary.render(ten_thousand())
