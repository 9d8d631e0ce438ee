"""traffic.har: the exchanges as they went over the wire, masked."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from contract_tests.exchange import Exchange, Response
from contract_tests.report import har
from contract_tests.verdicts import Run
from tests.report.sample_findings import exchange
from tests.report.sample_runs import all_known, base_run, empty, mixed


def entries(run: Run) -> list[dict[str, Any]]:
    """The entries of the archive."""
    found: list[dict[str, Any]] = json.loads(har.render(run))["log"]["entries"]
    return found


def entry(one: Exchange) -> dict[str, Any]:
    """The entry of one exchange."""
    return entries(base_run(traffic=(one,)))[0]


def test_the_kept_traffic_is_in_it() -> None:
    """One entry per exchange, in their order, with what was sent and answered."""
    found = entries(mixed())
    assert len(found) == len(mixed().traffic)
    assert found[1]["request"]["url"].endswith("/start?duration=1.5")
    assert found[1]["request"]["queryString"] == [{"name": "duration", "value": "1.5"}]
    assert found[0]["request"]["postData"]["text"] == "{}"
    assert '"category": "efs"' in found[0]["response"]["content"]["text"]
    assert found[0]["time"] == 12.3


def test_without_kept_traffic_the_evidence_is_in_it() -> None:
    """The smallest exchange of each finding."""
    assert len(entries(all_known())) == 3
    assert entries(empty()) == []


def test_no_answer_is_told() -> None:
    """Status 0, and the failure in words."""
    lost = entries(mixed())[2]
    assert lost["response"]["status"] == 0
    assert "timeout: read timed out" in lost["comment"]


def test_a_body_that_is_no_text_is_base64() -> None:
    """As HAR has it: every byte is there."""
    body = bytes(range(256))
    content = entry(exchange(body))["response"]["content"]
    assert content["encoding"] == "base64"
    assert base64.b64decode(content["text"]) == body


def test_a_huge_body_is_cut_and_says_so() -> None:
    """The size is the real one."""
    content = entry(exchange(b"x" * 3_000_000))["response"]["content"]
    assert len(content["text"]) == har.MOST_BYTES
    assert content["size"] == 3_000_000
    assert content["comment"] == "cut: 3000000 bytes came"


def test_an_odd_time_is_replaced_by_that_of_the_run() -> None:
    """Recorded traffic may carry any number."""
    found = entry(replace(exchange(b""), sent_at=1e300))
    assert found["startedDateTime"] == "2026-11-23T12:26:07+00:00"


@pytest.mark.parametrize("query", ["?type=[timing]", "?type=%zz", "?type=a b", "?type=é%e9"])
def test_an_address_that_is_no_uri_is_made_one(query: str) -> None:
    """And what really was sent is told beside it."""
    found = entry(exchange(b"", query=query))["request"]
    assert re.fullmatch(r"http://[\w.:/-]+\?type=(?:[\w.~-]|%[0-9A-Fa-f]{2})+", found["url"])
    assert found["comment"].endswith(query)
    assert "comment" not in entry(exchange(b"", query="?type=%e9"))["request"]


def test_cookies_are_listed() -> None:
    """A broken one stays among the headers only."""
    good = Response(200, (("Set-Cookie", "a=[masked]; Path=/"),))
    assert entry(replace(exchange(b""), response=good))["response"]["cookies"] == [
        {"name": "a", "value": "[masked]"}
    ]
    bad = Response(200, (("Set-Cookie", "\x00=;;=;"),))
    assert entry(replace(exchange(b""), response=bad))["response"]["cookies"] == []
