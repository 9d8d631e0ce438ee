"""The resource under test: which operations start, stop and show it, and when it is at rest."""

from __future__ import annotations

START = "StartNotebook"
STOP = "StopNotebook"
SHOW = "ShowNotebook"
LIST = "ListNotebooks"

ID = "id"
"""The path parameter that names the resource."""
PROJECT = "project_id"

RESTS = frozenset({"STOPPED", "START_FAILED"})
"""States in which it does not run and from which a start may move it: put back after a run."""
GONE = frozenset({"DELETED", "DELETING", "CREATE_FAILED", "FROZEN"})
"""States in which it does not run and in which there is nothing to stop."""
