"""The NDJSON report of schemathesis 4: a line for each event of its engine.

The exchanges stand in `ScenarioFinished`, under `recorder.interactions`; other events hold none.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from contract_tests.traffic.reading.jsonstream import Broken, converted, loads
from contract_tests.traffic.reading.lines import lines

BY_LINES = True


def score(head: bytes, name: str) -> int:  # noqa: ARG001 (one signature for all formats)
    """Its first line is the event `Initialize`."""
    return 3 if head.lstrip().startswith(b'{"Initialize":') else 0


def read(stream: BufferedReader) -> Iterator[tuple[int, object] | Broken]:
    """Each interaction of each scenario as a record; all of a scenario share its offset."""
    return converted(_interactions(stream), _raw, "an interaction of schemathesis")


def _interactions(stream: BufferedReader) -> Iterator[tuple[int, Any] | Broken]:
    for offset, line in lines(stream):
        if isinstance(line, str):
            yield Broken(offset, line)
            continue
        try:
            scenario = loads(line).get("ScenarioFinished") or {}
            found = scenario.get("recorder", {}).get("interactions", {}).values()
        except ValueError as error:
            yield Broken(offset, f"broken record: {error}")
        except AttributeError:
            yield Broken(offset, "no event of schemathesis")
        else:
            yield from ((offset, interaction) for interaction in found)


def _raw(interaction: Any) -> dict[str, Any]:
    request, response = interaction["request"], interaction.get("response")
    raw: dict[str, Any] = {
        "request": {
            "method": request["method"],
            "url": request["uri"],
            "headers": request.get("headers"),
            "body": _body(request.get("body")),
        },
        "sent_at": interaction.get("timestamp"),
    }
    if response:
        raw["response"] = {
            "status": int(response["status_code"]),
            "headers": response.get("headers"),
            "body": _body(response.get("content")),
            "elapsed": response.get("elapsed") or 0.0,
            "size": response.get("content_size"),
        }
    return raw


def _body(written: Any) -> Any:
    return {"base64": written["$base64"]} if isinstance(written, dict) else written
