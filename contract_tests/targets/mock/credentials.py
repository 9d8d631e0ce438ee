"""Who may call the mock: two projects, each with its token, and one token that expired."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from string import ascii_letters, digits
from typing import Self

TOKEN_LENGTH = 96


@dataclass(frozen=True, slots=True)
class Credentials:
    """The tokens and project ids of one seed; tokens are never shown in a repr or a message."""

    project_id: str
    other_project_id: str
    token: str
    other_token: str
    expired_token: str

    @classmethod
    def from_seed(cls, seed: int) -> Self:
        """The same credentials whenever the seed is the same."""
        random = Random(f"credentials {seed}")  # noqa: S311 (made-up secrets of a mock)
        return cls(
            project_id=_hexadecimal(random),
            other_project_id=_hexadecimal(random),
            token=_token(random),
            other_token=_token(random),
            expired_token=_token(random),
        )

    def __repr__(self) -> str:
        return f"Credentials(project_id={self.project_id!r})"

    def project_of(self, token: str | None) -> str | None:
        """The project that a token counts for, None for a token that does not count."""
        return {self.token: self.project_id, self.other_token: self.other_project_id}.get(
            token or ""
        )


def _hexadecimal(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"


def _token(random: Random) -> str:
    """Begins like a token of IAM, and holds letters of both cases."""
    body = "".join(random.choices(ascii_letters + digits, k=TOKEN_LENGTH - 4))
    return f"MIIa{body}"
