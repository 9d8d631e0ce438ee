"""What looks like a fault of an example and is none, and what still is one beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.rules import all_rules, find
from tests.rules.sample_pages import read_sample

AREAS = {"example", "prose"}

SILENT = {
    "placeholders": """
        POST /v1/{project_id}/disks
        = request
        kind | Yes | String | Kind of disk. Options: * SSD: fast * HDD: large
        size | Yes | Integer | Number of blocks. The value ranges from 1 to 9.
        mail | No | String | Address. The value contains 1 to 4 characters.
        = example request
        POST https://{endpoint}/v1/{project_id}/disks
        {"kind": "{kind}", "size": "xxx", "mail": "xxx@xxxxx.com"}
        """,
    "elision leaves out mandatory fields": """
        POST /v1/disks
        = request
        kind | Yes | String | Kind of disk.
        size | Yes | Integer | Number of blocks.
        = example request
        POST https://{endpoint}/v1/disks
        {
          "kind": "SSD",
          ......
        }
        """,
    "several requests under one heading": """
        PUT /v1/disks/{disk_id}
        = request
        name | No | String | Name of the disk.
        size | No | Integer | Number of blocks.
        = example request
        > Rename it
        PUT https://{endpoint}/v1/disks/10
        {"name": "disk-1"}
        > Resize it
        PUT https://{endpoint}/v1/disks/10
        {"size": 2}
        """,
    "call of another operation on the way": """
        POST /v1/pools/{pool_id}/members
        = request
        name | Yes | String | Name of the member.
        = response 201
        id | String | ID of the member.
        = example request
        GET https://{vpc}/v2.0/ports?device_id=10
        = example response 201
        > What that answers
        {"ports": [{"status": "UP"}]}
        """,
    "conditionally mandatory field": """
        POST /v1/disks
        = request
        kind | Yes | String | Kind of disk.
        path | Yes | String | Path. This parameter is mandatory only when kind is set to FILE.
        = example request
        POST https://{endpoint}/v1/disks
        {"kind": "BLOCK"}
        """,
    "optional response field that an example lacks": """
        GET /v1/disks/{disk_id}
        = response 200
        name | String | Name of the disk.
        owner | String | Owner of the disk.
        = example response 200
        {"name": "disk-1"}
        """,
    "keys that the user chooses": """
        GET /v1/disks/{disk_id}
        = response 200
        labels | Map<String,String> | Labels of the disk.
        = example response 200
        {"labels": {"team": "blue", "floor": "3"}}
        """,
    "thousands separators in limits": """
        POST /v1/disks
        = request
        size | Yes | Integer | Number of blocks. The value ranges from 1 to 10,000.
        = example request
        POST https://{endpoint}/v1/disks
        {"size": 10000}
        """,
    "null and empty values": """
        GET /v1/disks/{disk_id}
        = response 200
        kind | String | Kind of disk. Options: * SSD: fast * HDD: large
        size | Integer | Number of blocks.
        = example response 200
        {"kind": "", "size": null}
        """,
    "several values in one text": """
        GET /v1/disks
        = query
        kinds | No | String | Kinds of disk, separated by commas. Options: * SSD: fast * HDD: large
        = example request
        GET https://{endpoint}/v1/disks?kinds=SSD,HDD
        """,
    "body of an error": """
        GET /v1/disks/{disk_id}
        = response 200
        name | String | Name of the disk.
        = example response 400
        {"error_code": "Disks.0001", "error_msg": "There is no such disk."}
        """,
    "fields of an inner object listed flat in the same table": """
        GET /v1/versions/{version}
        = response 200
        version | Object | The version.
        id | String | ID of the version.
        links | Array | Links of the version.
        href | String | Address of the link.
        = example response 200
        {"version": {"id": "v1", "links": [{"href": "https://example.com"}]}}
        """,
    "body documented beneath the URI": """
        POST /v1/disks/action
        = path
        remove | Yes | Array | Disks to remove.
        = example request
        POST https://{endpoint}/v1/disks/action
        {"remove": ["a"]}
        """,
    "page of a longer list": """
        GET /v1/disks
        = query
        limit | No | Integer | Number of disks on each page.
        = response 200
        total_count | Integer | Total number of disks.
        disks | Array of strings | The disks.
        = example response 200
        {"total_count": 100, "disks": ["a", "b"]}
        """,
    "count of something else": """
        GET /v1/disks/{disk_id}
        = response 200
        error_count | Integer | Number of errors.
        disks | Array of strings | The disks.
        = example response 200
        {"error_count": 0, "disks": ["a", "b"]}
        """,
    "status that changes after the request": """
        PUT /v1/disks/{disk_id}
        = request
        status | Yes | String | Status of the disk.
        name | Yes | String | Name of the disk.
        = response 200
        status | String | Status of the disk.
        name | String | Name of the disk.
        = example request
        PUT https://{endpoint}/v1/disks/10
        {"status": "RUNNING", "name": "disk-1"}
        = example response 200
        {"status": "STARTING", "name": "disk-1"}
        """,
    "comments for the reader": """
        GET /v1/disks/{disk_id}
        = response 200
        name | String | Name of the disk.
        url | String | Address of the disk.
        = example response 200
        {
          "name": "disk-1", // name of the disk
          "url": "https://example.com"
        }
        """,
    "homonym in another structure": """
        GET /v1/disks/{disk_id}
        = response 200
        type | String | Kind of disk. Options: * SSD: fast * HDD: large
        user | User object | Owner of the disk.
        = User
        type | String | Kind of user. Options: * ADMIN: may do all * GUEST: may look
        mail | String | Address, returned when type is set to ADMIN.
        = example response 200
        {"type": "SSD", "user": {"type": "GUEST"}}
        """,
    "field that the sentence places elsewhere": """
        POST /v1/disks
        = request
        weight | No | Integer | Weight, invalid when lb_mode is set to X for the pool.
        tenant | No | String | Tenant, the same as the value of user_id in the token.
        """,
    "duration whose unit is another field": """
        POST /v1/disks
        = request
        duration | Yes | Integer | Value that stands for the period.
        time_unit | Yes | String | Time unit. Options: * DAYS * HOURS
        """,
}

FOUND = {
    "union table: the alternative that fits best": (
        {("example-wrong-type", "batch.size")},
        """
        POST /v1/jobs
        = request
        type | Yes | String | Kind of job. Options: * live: at once * batch: later
        config | Yes | Object | See [Table 2](#Sample__live) or [Table 3](#Sample__batch).
        = live
        port | Yes | Integer | Port of the job.
        = batch
        size | Yes | Integer | Number of rows.
        path | Yes | String | Path of the rows.
        = example request
        POST https://{endpoint}/v1/jobs
        {"type": "batch", "config": {"size": "3", "path": "/rows"}}
        """,
    ),
    "mistyped name: one finding, not one for each side": (
        {("example-undocumented-field", "request.contenttype")},
        """
        POST /v1/disks
        = request
        content_type | Yes | String | Kind of content.
        name | Yes | String | Name of the disk.
        = example request
        POST https://{endpoint}/v1/disks
        {"contenttype": "text", "name": "disk-1"}
        """,
    ),
    "another case: one finding, not an unlisted value besides": (
        {("example-enum-case", "response.kind")},
        """
        GET /v1/disks/{disk_id}
        = response 200
        kind | String | Kind of disk. Options: * SSD: fast * HDD: large
        = example response 200
        {"kind": "ssd"}
        """,
    ),
    "query string: text is read by the type": (
        {("example-wrong-type", "query.limit")},
        """
        GET /v1/disks
        = query
        limit | No | Integer | Number of disks on each page.
        deep | No | Boolean | Whether to look deeper.
        = example request
        GET https://{endpoint}/v1/disks?limit=many&deep=true
        """,
    ),
    "sum that a row states": (
        {("example-cross-field", "part.weight")},
        """
        POST /v1/jobs
        = request
        parts | Yes | Array of part objects | Parts of the job.
        = part
        weight | Yes | Integer | Weight of the part. The sum of the weights must be 100.
        = example request
        POST https://{endpoint}/v1/jobs
        {"parts": [{"weight": 70}, {"weight": 20}]}
        """,
    ),
    "missing comma: the rest is still read": (
        {("example-invalid-json", "example.response"), ("example-outside-enum", "response.kind")},
        """
        GET /v1/disks/{disk_id}
        = response 200
        kind | String | Kind of disk. Options: * SSD: fast * HDD: large
        name | String | Name of the disk.
        = example response 200
        {"name": "disk-1"
         "kind": "TAPE"}
        """,
    ),
    "blank in the URI": (
        {("example-uri-mismatch", "example.request")},
        """
        GET /v1/disks/{disk_id}
        = example request
        GET https://{endpoint}//v1/disks/10
        """,
    ),
}


def _found(sample: str, folder: Path) -> set[tuple[str, str]]:
    rules = [rule for rule in all_rules() if rule.area in AREAS]
    lines = "\n".join(line.strip() for line in sample.strip().splitlines())
    found = find(read_sample(lines, folder), rules)
    return {(f.id, f.place.name.replace("body.", "request.")) for f in found if f.certain}


@pytest.mark.parametrize("name", SILENT)
def test_trap_is_left_alone(name: str, tmp_path: Path) -> None:
    """Nothing certain is said of what a careful reader would let pass."""
    assert _found(SILENT[name], tmp_path) == set()


@pytest.mark.parametrize("name", FOUND)
def test_fault_is_found_once(name: str, tmp_path: Path) -> None:
    """One root cause is one finding, where the cause is."""
    expected, sample = FOUND[name]
    assert _found(sample, tmp_path) == expected
