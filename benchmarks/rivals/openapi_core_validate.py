"""Runs openapi-core over NDJSON; a program of its own, since it cannot be installed beside ours.

    PYTHON openapi_core_validate.py SPEC.json TRAFFIC.ndjson COUNT

Prints JSON: the seconds that it took, by the clock and of CPU time, and one letter for each
exchange: `v` valid, `s` its body breaks the schema, `o` wrong in another way.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation.schemas.exceptions import InvalidSchemaValue


def main() -> None:
    """Validate every response of the file."""
    spec, traffic, count = sys.argv[1:]
    openapi = OpenAPI.from_dict(json.loads(Path(spec).read_text()))
    verdicts = []
    begun, used = time.perf_counter(), time.process_time()
    with Path(traffic).open() as lines:
        for _, line in zip(range(int(count)), lines, strict=False):
            verdicts.append(verdict(openapi, json.loads(line)))
    seconds, cpu = time.perf_counter() - begun, time.process_time() - used
    json.dump({"seconds": seconds, "cpu": cpu, "verdicts": "".join(verdicts)}, sys.stdout)


def verdict(openapi: OpenAPI, record: dict[str, Any]) -> str:
    """What openapi-core says of one response."""
    url, answer = urlsplit(record["request"]["url"]), record["response"]
    request = MockRequest(
        f"{url.scheme}://{url.netloc}",
        record["request"]["method"].lower(),
        url.path,
        args=dict(parse_qsl(url.query)),
    )
    media = next(v for k, v in answer["headers"] if k.lower() == "content-type")
    response = MockResponse(answer["body"].encode(), answer["status"], content_type=media)
    try:
        openapi.validate_response(request, response)
    except OpenAPIError as error:
        cause = error.__cause__
        is_schema = isinstance(error, InvalidSchemaValue) or isinstance(cause, InvalidSchemaValue)
        return "s" if is_schema else "o"
    return "v"


main()
