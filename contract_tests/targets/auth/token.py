"""`token`: a token of IAM that somebody got elsewhere, in `X-Auth-Token`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contract_tests.errors import TargetError
from contract_tests.exchange import Request
from contract_tests.masking import Secret
from contract_tests.targets.auth import with_headers
from contract_tests.targets.target import EXPIRED_TOKEN, OTHER_TOKEN, TOKEN, Secrets, Target

SECRET_VARIABLES = (TOKEN, OTHER_TOKEN, EXPIRED_TOKEN)


@dataclass(frozen=True, slots=True)
class GivenToken:
    """A token that cannot be renewed."""

    token: Secret

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """The token."""
        return (self.token,)

    def authorize(self, request: Request) -> Request:
        """With the token in `X-Auth-Token`."""
        return with_headers(request, ("X-Auth-Token", self.token))

    def renew(self, used: str | None) -> bool:  # noqa: ARG002 (another scheme's business)
        """There is only this one."""
        return False


def open_scheme(target: Target, secrets: Secrets, environ: Mapping[str, str]) -> GivenToken:  # noqa: ARG001
    """The token from the environment; raises TargetError where there is none."""
    if secrets.token is None:
        raise TargetError(f"no token for {target.base_url}; set {TOKEN}")
    return GivenToken(secrets.token)
