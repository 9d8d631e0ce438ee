"""What looks like a fault and is none: rules on structure, operation and siblings stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.rules import find, select
from tests.rules.sample_pages import read_sample

TRAPS = {
    "placeholder of three asterisks is no bold": (
        "markup-leak",
        """
        GET /v1/{id}
        = response 200
        id | String | Thing ID, for example ***05d1*** or **.
        """,
    ),
    "special characters that are not allowed are no markup": (
        "markup-leak",
        """
        GET /v1/{id}
        = response 200
        name | String | Name. It does not support !<>=&"' and key<value>.
        """,
    ),
    "table of another page": (
        "broken-table-reference",
        """
        GET /v1/{id}
        = response 200
        status | Integer | For details, see [Table 9](codes.html#codes__table9).
        """,
    ),
    "link that leaves the page": (
        "dead-link",
        """
        GET /v1/{id}
        = response 200
        status | Integer | For details, see [Codes](codes.html).
        """,
    ),
    "file that the service reads": (
        "dead-link",
        """
        POST /v1/{id}
        = request
        config | Yes | String | Settings, in config.json. For details, see section 2.
        """,
    ),
    "map with the user's own keys": (
        "untyped-object",
        """
        GET /v1/{id}
        = response 200
        labels | Map<String,Object> | Labels.
        """,
    ),
    "homonyms in two structures": (
        "same-name-two-types",
        """
        GET /v1/{id}
        = response 200
        id | String | Thing ID.
        score | String | Score of the thing.
        disk | Disk object | Disk.
        = Disk
        id | Integer | Number of the disk.
        score | Float | Confidence.
        """,
    ),
    "filter that takes several values of a field": (
        "same-name-two-types",
        """
        GET /v1/{id}
        = query
        vpc_id | No | Array | VPC IDs.
        = response 200
        vpc_id | String | VPC ID.
        """,
    ),
    "header names and names of one word have no style": (
        "name-style",
        """
        POST /v1/{project_id}
        = header
        X-Auth-Token | Yes | String | User token.
        = request
        vpc_id | Yes | String | VPC.
        subnet_id | Yes | String | Subnet.
        name | Yes | String | Name.
        @modelarts:color | No | String | Color.
        """,
    ),
    "two styles that are equally common": (
        "name-style",
        """
        POST /v1/{id}
        = request
        vpc_id | Yes | String | VPC.
        vpcName | Yes | String | Name.
        """,
    ),
    "204 has no body": (
        "status-without-body",
        """
        DELETE /v1/{id}
        = response 200
        id | String | Thing ID.
        = statuses
        200 | OK
        204 | No Content
        """,
    ),
    "optional parameter of the query in the table of the URI": (
        "uri-parameter-mismatch",
        """
        GET /v1/{id}
        = path
        id | Yes | String | Thing ID.
        limit | No | Integer | Number of records.
        """,
    ),
    "parameter of the query that an example sends": (
        "uri-parameter-mismatch",
        """
        POST /v1/{id}
        = path
        id | Yes | String | Thing ID.
        kind | Yes | String | Kind.
        = example request
        POST https://{endpoint}/v1/7?kind=fast
        """,
    ),
    "request to another service on the way": (
        "method-mismatch",
        """
        POST /v1/things/{id}/start
        = example request
        GET https://{endpoint}/v2.0/ports?device_id=7
        """,
    ),
    "request for the token itself": (
        "auth-header-missing",
        """
        POST /v3/auth/tokens
        = request
        name | Yes | String | User name.
        """,
    ),
    "true and false are no enumeration to speak of": (
        "enum-notation",
        """
        GET /v1/{id}
        = response 200
        kind | String | Kind. Options: * FAST: fast * SLOW: slow
        on | Boolean | Whether it is on. The options are as follows: - true: on - false: off
        """,
    ),
    "versions are told apart by a digit": (
        "confusable-values",
        """
        GET /v1/{id}
        = query
        policy | No | String | Policy. Options: * tls-1-0: old * tls-1-2: new
        = response 200
        policy | String | Policy. Options: * tls-1-1: old * tls-1-2: new
        """,
    ),
    "value of another field": (
        "confusable-values",
        """
        GET /v1/{id}
        = query
        http_method | No | String | Method. Options: * GET * DELETE
        action | No | String | What to do. Options: * create * delete
        """,
    ),
    "opposites of one enumeration": (
        "confusable-values",
        """
        GET /v1/{id}
        = response 200
        status | String | Status. Options: * CHECKED: seen * UNCHECKED: not seen * CHECKER: at it
        """,
    ),
    "one structure in a request and in a response": (
        "structure-differs",
        """
        page CreateDisk
        POST /v1/disks
        = request
        disk | Yes | Disk object | Disk.
        = Disk
        name | Yes | String | Name.
        size | Yes | Integer | Size.
        page ShowDisk
        GET /v1/disks/{id}
        = response 200
        disk | Disk object | Disk.
        = Disk
        name | String | Name.
        size | Integer | Size.
        id | String | Disk ID.
        """,
    ),
    "structures of one name that have nothing in common": (
        "structure-differs",
        """
        page ShowDisk
        GET /v1/disks/{id}
        = response 200
        config | config object | Settings.
        = config
        size | Integer | Size.
        kind | String | Kind.
        page ShowJob
        GET /v1/jobs/{id}
        = response 200
        config | config object | Settings.
        = config
        command | String | Command.
        size | String | Size.
        log_url | String | Logs.
        """,
    ),
    "one path in two API versions": (
        "enum-differs",
        """
        page ShowDisk
        GET /v1/disks/{id}
        = response 200
        disk | Disk object | Disk.
        = Disk
        kind | String | Kind. Options: * SSD * HDD
        page ShowDiskV2
        GET /v2/disks/{id}
        = response 200
        disk | Disk object | Disk.
        = Disk
        kind | String | Kind. Options: * SSD * NVME
        """,
    ),
    "codes of another service": (
        "error-code-status-missing",
        """
        page DeleteWorker
        DELETE /v1/workers/{worker_id}
        = statuses
        204 | No Content
        page ErrorCodes
        = errors
        400 | Other.0001 | The worker does not exist. | The worker does not exist.
        """,
    ),
}


@pytest.mark.parametrize(("rule", "sample"), TRAPS.values(), ids=list(TRAPS))
def test_trap_is_no_finding(rule: str, sample: str, tmp_path: Path) -> None:
    """The rule says nothing with certainty about a page that only looks wrong."""
    lines = "\n".join(line.removeprefix("        ") for line in sample.strip("\n").splitlines())
    found = find(read_sample(lines, tmp_path), select([rule]))
    assert [finding.message for finding in found if finding.certain] == []
