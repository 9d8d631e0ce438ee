"""Whole runs with a page: its rules, its drift and its blame are in `run.json`."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.contract import default_spec_folder
from tests.suite.runs import contract_tests
from tests.vendor_pages import START_NOTEBOOK, needs_vendor_pages

pytestmark = pytest.mark.slow
QUICK = ("run", "--budget", "quick")
PINNED = default_spec_folder() / "pages" / "StartNotebook.facts.yaml"


@needs_vendor_pages
def test_a_run_with_the_page_passes_and_triages_its_rules(tmp_path: Path) -> None:
    """All that the rules find on the page is known; entries that only they find are seen."""
    done = contract_tests(tmp_path, *QUICK, "--page", str(START_NOTEBOOK))
    assert done.code == 0, done.out + done.err
    states = {entry["id"]: entry["state"] for entry in done.run["ledger"]}
    assert states["lease-end-reversed"] == "seen"
    assert states["image-id-refers-to-no-page"] == "seen"
    assert states["volume-category-efs"] == "seen"
    known = {v["finding"]["id"] for v in done.run["verdicts"] if v["state"] == "known"}
    assert {"inverted-condition", "spec-differs", "response-schema"} <= known


def test_a_run_with_an_altered_page_blames_the_docs(tmp_path: Path) -> None:
    """A value that neither spec nor service has: the page stands alone, in finding and matrix."""
    page = tmp_path / "StartNotebook.facts.yaml"
    page.write_text(PINNED.read_text().replace("enum: [DEFAULT, NOTEBOOK]", "enum: [DEFAULT]"))
    done = contract_tests(tmp_path, *QUICK, "--page", str(page))
    assert done.code == 1, done.out + done.err
    (new,) = (v for v in done.run["verdicts"] if v["state"] == "new")
    assert (new["blame"], new["finding"]["id"]) == ("docs", "spec-differs")
    (row,) = (
        r
        for r in done.run["matrix"]
        if (r["place"]["structure"], r["place"]["field"], r["aspect"])
        == ("NotebookResp", "feature", "enum")
    )
    assert row["agreement"] == "docs-alone"
    assert set(row["seen"]) == {"DEFAULT", "NOTEBOOK"}


def test_a_run_with_a_page_of_no_operation_sends_nothing(tmp_path: Path) -> None:
    """One line, exit 2, before the first request."""
    page = tmp_path / "ListImages.html"
    page.write_text("<html><h1>A page</h1><h4>URI</h4><p>GET /v1/images</p></html>")
    done = contract_tests(tmp_path, *QUICK, "--page", str(page))
    assert done.code == 2
    assert done.err.strip().endswith("or another --spec")
    assert "no operation ListImages" in done.err
    assert not (tmp_path / "reports" / "latest").exists()
