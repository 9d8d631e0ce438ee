"""Put comment.md under the merge request of this GitLab job, in the place of an earlier one.

    python3 gitlab_note.py reports/latest/comment.md

Needs GitLab's own CI_* variables and CONTRACT_TESTS_COMMENT_TOKEN; nothing but Python.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from pathlib import Path
from typing import Any

MARKER = "<!-- contract-tests -->"


def main() -> None:
    """Update the note that has the marker, or add one."""
    note = {"body": Path(sys.argv[1]).read_text("utf-8")}
    project, request = os.environ["CI_PROJECT_ID"], os.environ["CI_MERGE_REQUEST_IID"]
    notes = f"projects/{project}/merge_requests/{request}/notes"
    earlier = call("GET", f"{notes}?per_page=100&sort=desc")
    found = next((n["id"] for n in earlier if n["body"].startswith(MARKER)), None)
    if found is None:
        call("POST", notes, note)
    else:
        call("PUT", f"{notes}/{found}", note)


def call(method: str, path: str, document: dict[str, str] | None = None) -> Any:
    """One request to GitLab's API; raises urllib.error.HTTPError where it is refused."""
    request = urllib.request.Request(  # noqa: S310 (GitLab's own address)
        f"{os.environ['CI_API_V4_URL']}/{path}",
        method=method,
        data=json.dumps(document).encode() if document else None,
        headers={
            "Content-Type": "application/json",
            "PRIVATE-TOKEN": os.environ["CONTRACT_TESTS_COMMENT_TOKEN"],
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


if __name__ == "__main__":
    main()
