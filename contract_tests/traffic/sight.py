"""An exchange at a glance, on its way past the guards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contract_tests.traffic.forms import Noted
from contract_tests.traffic.habits import Known
from contract_tests.traffic.plans import Plan
from contract_tests.traffic.records import CREDENTIALS, MASK, Record
from contract_tests.traffic.routing import Route

Rank = tuple[int, str, int]
"""Size, file and offset of an exchange."""


@dataclass(slots=True)
class Sight:
    """An exchange at a glance; what not every run needs is worked out when it is asked for."""

    record: Record
    route: Route
    plan: Plan
    text: str
    """The body of the answer."""
    value: Any = None
    """Its JSON value."""
    noted: Sequence[Noted] = ()
    """The forms of it and of the objects inside of it."""
    faults: Sequence[Known] = ()
    held: Sequence[str] = ()
    """The ids of the invariants that it keeps."""
    _sent: Mapping[str, str] | None = None
    _came: Mapping[str, str] | None = None

    @property
    def sent(self) -> Mapping[str, str] | None:
        """The headers of the request by name in lower case; None where one stands twice."""
        if self._sent is None:
            self._sent = _sent(self.record.raw["request"].get("headers"))
        return self._sent

    @property
    def came(self) -> Mapping[str, str] | None:
        """The headers of the answer by name in lower case; None where one stands twice."""
        if self._came is None:
            self._came = _by_name(self.record.raw["response"].get("headers"))
        return self._came

    @property
    def rank(self) -> Rank:
        """As of a `Sample`: small exchanges first, then early ones."""
        request, text = self.record.raw["request"], self.text
        answer = len(text) if text.isascii() else len(text.encode())
        sent = len((request.get("body") or "").encode())
        return len(request["url"]) + sent + answer, self.record.file, self.record.offset


def _sent(written: Any) -> Mapping[str, str] | None:
    """As `_by_name`, without credentials that are masked."""
    found = _by_name(written)
    if found is None or CREDENTIALS.isdisjoint(found):
        return found
    for name in CREDENTIALS & found.keys():
        if MASK.fullmatch(found[name]):
            del found[name]
    return found


def _by_name(written: Any) -> dict[str, str] | None:
    """Headers by their names; None where one stands twice: which counts depends on the reader."""
    if not isinstance(written, list):
        return None if written else {}
    found = {name.lower(): value for name, value in written}
    return found if len(found) == len(written) else None
