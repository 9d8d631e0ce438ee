"""Each machine format satisfies the schema that its readers go by."""

from __future__ import annotations

import json
from functools import cache

import pytest

from contract_tests.report import render
from contract_tests.verdicts import Run
from tests.report.sample_runs import all_samples
from tests.report.schemas import problems

SAMPLES = ("empty", "all-known", "mixed", "hostile")
BROKEN = {
    "sarif": {"version": "2.1.0", "runs": [{}]},
    "ctrf": {"reportFormat": "CTRF"},
    "har": {"log": {"version": "1.2", "creator": {}, "entries": []}},
    "gitlab": [{"description": "x", "severity": "awful"}],
}


@cache
def samples() -> dict[str, Run]:
    """Every sample run by name."""
    return all_samples()


@pytest.mark.parametrize("format_name", BROKEN)
@pytest.mark.parametrize("sample_name", SAMPLES)
def test_the_document_is_valid(sample_name: str, format_name: str) -> None:
    """Empty, known, mixed and hostile runs."""
    assert problems(format_name, json.loads(render(samples()[sample_name], format_name))) == []


@pytest.mark.parametrize("format_name", BROKEN)
def test_the_schema_would_tell(format_name: str) -> None:
    """A document that lacks what the format demands is refused by the same schema."""
    assert problems(format_name, BROKEN[format_name])
