"""An exchange at a glance, on its way past the guards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from contract_tests.traffic.plans import Plan
from contract_tests.traffic.quick import Glance
from contract_tests.traffic.reading.records import CREDENTIALS, MASK, Record, Written
from contract_tests.traffic.routing import Route
from contract_tests.traffic.typed.forms import Form

Rank = tuple[int, str, int]
"""Size, file and offset of an exchange."""


class Sight(Struct, gc=False):
    """An exchange at a glance; what not every run needs is worked out when it is asked for."""

    record: Record
    route: Route
    plan: Plan
    text: str
    """The body of the answer."""
    seen: Glance | None = None
    """What the body shows."""
    held: tuple[str, ...] = ()
    """The ids of the invariants that it keeps."""
    _value: Any = None
    _sent: Mapping[str, str] | None = None
    _came: Mapping[str, str] | None = None

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms of what the body shows."""
        return self.seen.forms if self.seen else ()

    @property
    def value(self) -> Any:
        """Its JSON value; raises ValueError or RecursionError where it has none."""
        if self._value is None:
            self._value = msgspec.json.decode(self.text)
        return self._value

    @property
    def is_plain_json(self) -> bool:
        """Whether it has a value that all who read JSON agree on: no `NaN`, no `1e400`."""
        try:
            _ = self.value
        except (ValueError, RecursionError):
            return False
        return True

    @property
    def sent(self) -> Mapping[str, str] | None:
        """The headers of the request by name in lower case; None where one stands twice."""
        if self._sent is None:
            self._sent = _sent(self.record.raw.request.headers)
        return self._sent

    @property
    def came(self) -> Mapping[str, str] | None:
        """The headers of the answer by name in lower case; None where one stands twice."""
        if self._came is None:
            response = self.record.raw.response
            self._came = _by_name(response.headers if response else None)
        return self._came

    @property
    def least(self) -> int:
        """What its size is at least; quicker to tell than its size."""
        return len(self.record.raw.request.url) + len(self.text)

    @property
    def rank(self) -> Rank:
        """As of a `Sample`: small exchanges first, then early ones."""
        request, text = self.record.raw.request, self.text
        answer = len(text) if text.isascii() else len(text.encode())
        sent = len(request.body.encode()) if type(request.body) is str else 0
        return len(request.url) + sent + answer, self.record.file, self.record.offset


def _sent(written: Written) -> Mapping[str, str] | None:
    """As `_by_name`, without credentials that are masked."""
    found = _by_name(written)
    if found is None:
        return None
    for name in CREDENTIALS:
        value = found.get(name)
        if value is not None and MASK.fullmatch(value):
            del found[name]
    return found


def _by_name(written: Written) -> dict[str, str] | None:
    """Headers by their names; None where one stands twice: which counts depends on the reader."""
    if not isinstance(written, list):
        return None if written else {}
    found = {name.lower(): value for name, value in written}
    return found if len(found) == len(written) else None
