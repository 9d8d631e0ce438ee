"""Rows that are copies of each other: what a finding calls the one that it is unlike."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.rules import find, select
from tests.rules.sample_pages import read_sample

ON_ONE_PAGE = """\
page CreateDisk
POST /v1/disks
= request
kind | Yes | String | Kind of disk. Options: * SSD: fast * HDD: slow
= response 200
kind | String | Kind of disk. Options: * SSD: fast
"""
ON_SEVERAL = """\
page CreateDisk
POST /v1/disks
= request
disk | Yes | Disk object | Disk.
= Disk
kind | No | String | Kind of disk. Options: * SSD: fast
page ShowDisk
GET /v1/disks/{id}
= response 200
disk | Disk object | Disk.
= Disk
kind | String | Kind of disk. Options: * SSD: fast * HDD: slow
page StopDisk
POST /v1/disks/{id}/stop
= response 200
disk | Disk object | Disk.
= Disk
kind | String | Kind of disk. Options: * SSD: fast * HDD: slow
"""


@pytest.mark.parametrize(
    ("sample", "message", "claims"),
    [
        (
            ON_ONE_PAGE,
            "unlike body, kind here lacks HDD",
            ["response: SSD", "body: SSD, HDD"],
        ),
        (
            ON_SEVERAL,
            "unlike ShowDisk, kind here lacks HDD",
            ["CreateDisk: SSD", "ShowDisk: SSD, HDD"],
        ),
    ],
)
def test_a_copy_is_named_by_what_tells_it_apart(
    tmp_path: Path, sample: str, message: str, claims: list[str]
) -> None:
    """By its table where both are on one page, else by its page: the tables have one name."""
    [finding] = find(read_sample(sample, tmp_path), select(["enum-differs"]))
    assert finding.message == message
    assert [claim.says for claim in finding.claims] == claims
