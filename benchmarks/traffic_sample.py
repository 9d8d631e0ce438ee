"""Generated traffic: exchanges as the service has them, a share of them wrong on purpose.

The same seed gives the same exchanges. What is right is right in the *observed* view, so it holds
the known discrepancies (`TIMING`, `EFS`, `create_at` at the root) as real answers do.

    python -m benchmarks.traffic_sample 100000 traffic.ndjson
"""

from __future__ import annotations

import copy
import json
import random
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BASE = "https://modelarts.eu-de.otc.t-systems.com/v1"
PROJECT = "0a1b2c3d4e5f40718293a4b5c6d7e8f9"
BEGIN = 1_763_000_000.0
HEADERS = [
    ["Content-Type", "application/json"],
    ["X-Request-Id", "a3f1c2"],
    ["Server", "api-gateway"],
]

Raw = dict[str, Any]


def exchanges(count: int, *, wrong: float = 0.01, seed: int = 7) -> Iterator[Raw]:
    """Records in the shape that `contract-tests verify` documents."""
    dice = random.Random(seed)  # noqa: S311 (reproducible, not secret)
    for i in range(count):
        record = dice.choices([_start, _show, _stop, _list, _refused], [4, 3, 1, 1, 1])[0](dice)
        record["sent_at"] = BEGIN + i / 10
        if dice.random() < wrong:
            dice.choice(FAULTS)(record, dice)
        body = record["response"]["body"]
        if not isinstance(body, str):
            record["response"]["body"] = json.dumps(body)
        yield record


def write(path: Path, count: int, *, wrong: float = 0.01, seed: int = 7) -> None:
    """Write them as NDJSON."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(r) + "\n" for r in exchanges(count, wrong=wrong, seed=seed))


def _record(method: str, path: str, status: int, body: Any) -> Raw:
    return {
        "request": {
            "method": method,
            "url": f"{BASE}/{PROJECT}/notebooks{path}",
            "headers": [["X-Auth-Token", "[masked]"], ["Content-Type", "application/json"]],
        },
        "response": {"status": status, "headers": HEADERS, "body": body, "elapsed": 0.2},
    }


def _start(dice: random.Random) -> Raw:
    asked = dice.choice([3_600_000, 7_200_000, 14_400_000])
    body = _notebook(dice, "STARTING", asked)
    return _record("POST", f"/{body['id']}/start?duration={asked}&type=timing", 200, body)


def _show(dice: random.Random) -> Raw:
    body = _notebook(dice, dice.choice(["RUNNING", "STOPPED", "STARTING"]), 3_600_000)
    return _record("GET", f"/{body['id']}", 200, body)


def _stop(dice: random.Random) -> Raw:
    body = _notebook(dice, "STOPPING", 3_600_000)
    return _record("POST", f"/{body['id']}/stop", 200, body)


def _list(dice: random.Random) -> Raw:
    data = [_notebook(dice, "STOPPED", 3_600_000) for _ in range(dice.randint(1, 5))]
    body = {"current": 0, "data": data, "pages": 1, "size": 10, "total": len(data)}
    return _record("GET", "?limit=10&offset=0", 200, body)


def _refused(dice: random.Random) -> Raw:
    status, code = dice.choice([(400, 6357), (400, 6309), (404, 6309), (403, 6205)])
    words = {"error_code": f"ModelArts.{code}", "error_msg": "The instance cannot be started."}
    return _record("POST", f"/{_uuid(dice)}/start", status, words)


def _notebook(dice: random.Random, status: str, asked: int) -> Raw:
    id_, category = _uuid(dice), dice.choice(["EFS", "EVS"])
    created = 1_638_841_744_515 + dice.randint(0, 10**10)
    updated = created + dice.randint(1_000, 10**8)
    body: Raw = {
        "id": id_,
        "name": f"notebook-{dice.randint(0, 9999)}",
        "description": "A notebook of the team",
        "feature": "NOTEBOOK",
        "flavor": "modelarts.vm.cpu.2u",
        "image": {
            "id": _uuid(dice),
            "name": "notebook2.0-mul-kernel-cpu-cp36",
            "swr_path": "swr.eu-de.otc.t-systems.com/atelier/notebook2.0:3.3.2",
            "tag": "3.3.2",
            "type": "BUILD_IN",
        },
        "lease": {
            "create_at": created,
            "duration": updated - created + asked,
            "enable": True,
            "type": "TIMING",
            "update_at": updated,
        },
        "status": status,
        "token": _uuid(dice),
        "url": f"https://authoring-modelarts-eu-de.otc.t-systems.com/{id_}/lab",
        "volume": {
            "capacity": dice.randint(5, 100),
            "category": category,
            "mount_path": "/home/ma-user/work/",
            "ownership": "MANAGED",
        },
        "workspace_id": "0",
    }
    if dice.random() < 0.5:
        body |= {"create_at": created, "update_at": updated, "user_id": uuid.UUID(int=7).hex}
    return body


def _uuid(dice: random.Random) -> str:
    return str(uuid.UUID(int=dice.getrandbits(128), version=4))


def _in_notebook(change: Callable[[Raw], object]) -> Callable[[Raw, random.Random], None]:
    """A fault of a notebook's body; of a refusal, that its code is missing."""

    def spoil(record: Raw, _: random.Random) -> None:
        body = record["response"]["body"] = copy.deepcopy(record["response"]["body"])
        if "error_code" in body:
            del body["error_code"]
        else:
            change(body["data"][0] if "data" in body else body)

    return spoil


def _status(record: Raw, _: random.Random) -> None:
    record["response"]["status"] = 418


def _server_error(record: Raw, _: random.Random) -> None:
    record["response"] |= {"status": 500, "body": {"error": "boom"}}


def _cut(record: Raw, _: random.Random) -> None:
    text = json.dumps(record["response"]["body"])
    record["response"]["body"] = text[: len(text) // 2]


def _twice(record: Raw, _: random.Random) -> None:
    text = json.dumps(record["response"]["body"])
    record["response"]["body"] = '{"id": "x", "id": "y", ' + text[1:]


def _html(record: Raw, _: random.Random) -> None:
    record["response"] |= {"headers": [["Content-Type", "text/html"]], "body": "<h1>Gateway</h1>"}


FAULTS: tuple[Callable[[Raw, random.Random], None], ...] = (
    _in_notebook(lambda body: body.update(status="SLEEPING")),
    _in_notebook(lambda body: body["lease"].update(type="Timing")),
    _in_notebook(lambda body: body["lease"].update(create_at=str(body["lease"]["create_at"]))),
    _in_notebook(lambda body: body["lease"].update(update_at=body["lease"]["create_at"] - 1)),
    _in_notebook(lambda body: body["volume"].update(capacity=99_999)),
    _in_notebook(lambda body: body["volume"].update(capacity=50.0)),
    _in_notebook(lambda body: body.update(image="an image")),
    _in_notebook(lambda body: body.update(surprise=True)),
    _in_notebook(lambda body: body["image"].update(id="not-a-uuid")),
    _status,
    _server_error,
    _cut,
    _twice,
    _html,
)
"""What may be wrong with an exchange."""

if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
