"""A masked request as a line for the shell; the token comes from the environment."""

from __future__ import annotations

from shlex import quote

from schemathesis.core.curl import generate

from contract_tests.exchange import Request
from contract_tests.masking import MASK, NAMED_MASK

TOKEN_HEADER = "x-auth-token"  # noqa: S105 (a header's name)
TOKEN_TEXT = "$CONTRACT_TESTS_TOKEN"  # noqa: S105 (a variable's name)
LONGEST = 4000
"""Characters of a body that the line shows."""


def curl_line(request: Request) -> str:
    """The command that sends a masked request again, once `CONTRACT_TESTS_TOKEN` is set."""
    plain = {k: v for k, v in request.headers if MASK not in v}
    body = request.body[:LONGEST].decode(errors="replace") or None
    command = generate(
        method=request.method,
        url=request.url,
        body=body,
        verify=True,
        headers=plain,
        known_generated_headers=None,
    ).command
    masked = [name for name, value in request.headers if MASK in value]
    tokens = (f' -H "{name}: {TOKEN_TEXT}"' for name in masked if name.lower() == TOKEN_HEADER)
    line = command.replace(f" {quote(request.url)}", f"{''.join(tokens)} {quote(request.url)}")
    # A named mask is an expansion of the shell, and stands in single quotes, which prevent it.
    return NAMED_MASK.sub(r"""'"\g<0>"'""", line).replace("}\"''", '}"')
