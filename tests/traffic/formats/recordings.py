"""One exchange in each format, as its recorder writes it."""

from __future__ import annotations

import base64
import json

from tests.traffic.samples import (
    START,
    har,
    har_entry,
    ndjson,
    notebook,
    raw,
    vcrpy,
)

BETAMAX = {
    "http_interactions": [
        {
            "request": {
                "method": "POST",
                "uri": START,
                "body": {"encoding": "utf-8", "string": ""},
                "headers": {"Content-Type": ["application/json"]},
            },
            "response": {
                "status": {"code": 200, "message": "OK"},
                "headers": {"Content-Type": ["application/json"]},
                "body": {"encoding": "utf-8", "string": json.dumps(notebook())},
                "url": START,
            },
            "recorded_at": "2025-11-23T12:13:20",
        }
    ],
    "recorded_with": "betamax/0.9.0",
}

SCHEMATHESIS_YAML = f"""command: 'schemathesis run'
recorded_with: 'Schemathesis 4.32.5'
seed: 1
http_interactions:
- id: 'abc'
  status: 'SUCCESS'
  metadata: null
  recorded_at: '2025-11-23T12:13:20+00:00'
  checks: []
  request:
    uri: '{START}'
    method: 'POST'
    headers:
      "Content-Type":
      - "application/json"
    body:
      encoding: 'utf-8'
      string: ""
  response:
    status:
      code: '200'
      message: "OK"
    elapsed: '0.25'
    headers:
      "content-type":
      - "application/json"

    body:
      encoding: 'utf-8'
      string: {json.dumps(json.dumps(notebook()))}
    http_version: '1.1'
- id: 'def'
  status: 'ERROR'
  recorded_at: '2025-11-23T12:13:21+00:00'
  request:
    uri: '{START}'
    method: 'POST'
    headers:
  response: null"""

SCHEMATHESIS_NDJSON = ndjson(
    {"Initialize": {"command": "st run", "schemathesis_version": "4.32.5", "seed": 1}},
    {
        "ScenarioFinished": {
            "id": "x",
            "recorder": {
                "label": "POST /start",
                "interactions": {
                    "abc": {
                        "request": {
                            "method": "POST",
                            "uri": START,
                            "headers": {"Content-Type": ["application/json"]},
                        },
                        "response": {
                            "status_code": 200,
                            "headers": {"content-type": ["application/json"]},
                            "content": {
                                "$base64": base64.b64encode(
                                    json.dumps(notebook()).encode()
                                ).decode()
                            },
                            "elapsed": 0.25,
                        },
                        "timestamp": 1763900000.0,
                    }
                },
            },
        }
    },
    {"EngineFinished": {"running_time": 1.0}},
)

FILES = {
    "ndjson": ("a.ndjson", ndjson(raw())),
    "har": ("a.har", har(har_entry(raw()))),
    "vcrpy": ("a.yaml", vcrpy(raw())),
    "betamax": ("a.json", json.dumps(BETAMAX).encode()),
    "schemathesis-yaml": ("vcr.yaml", SCHEMATHESIS_YAML.encode()),
    "schemathesis-ndjson": ("report.ndjson", SCHEMATHESIS_NDJSON),
}
