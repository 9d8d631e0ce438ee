"""How a play answers where the page leaves a choice, or where page and service part ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

PlayName = Literal["documented", "observed"]

HOUR = 3_600_000
"""Milliseconds."""

LONGEST = 72 * HOUR
"""The longest running duration that the vendor states, in milliseconds."""

UNLIMITED = -1
"""A requested duration that switches the automatic stop off; one client sends it."""


@dataclass(frozen=True, slots=True)
class Play:
    """One way to play the service.

    No source says what becomes of another case of `type`, a repeated or unknown parameter or
    a malformed id. The two plays differ there on purpose: a client or a test that insists on
    either answer fails against one of them.
    """

    name: PlayName
    success: tuple[int, ...]
    """The status codes of a successful start or stop, taken in turn."""
    shortest: int
    """The shortest duration that may be asked for, in milliseconds."""
    longest: int
    case_matters: bool
    strict_query: bool
    """Whether a repeated or an unknown parameter is refused."""
    malformed_id: int
    """The status code for an id that is no UUID."""
    lease_type: Callable[[str], str]
    """What `lease.type` makes of the requested type."""
    never: frozenset[str] = field(default=frozenset())
    """Properties that no answer has, as dotted names below the notebook."""
    unused: frozenset[str] = field(default=frozenset())
    """Enumeration values that no answer has (`volume.category.SFS`)."""


PLAYS: dict[PlayName, Play] = {
    "documented": Play(
        name="documented",
        success=(200, 200, 201),
        shortest=0,
        longest=2**62,  # a lease that counts from the creation stays below 2**63
        case_matters=True,
        strict_query=True,
        malformed_id=400,
        lease_type=str.lower,
    ),
    "observed": Play(
        name="observed",
        success=(200,),
        shortest=HOUR,
        longest=LONGEST,
        case_matters=False,
        strict_query=False,
        malformed_id=404,
        lease_type=str.upper,
        never=frozenset({"endpoints.ssh_keys"}),
        unused=frozenset({"volume.category.SFS"}),
    ),
}
