"""What a client gets: the answer of the upstream with its headers, or one of the proxy's own."""

from __future__ import annotations

import json
from collections.abc import Sequence

import aiohttp
from aiohttp import web

from contract_tests.traffic.proxy.headers import end_to_end
from contract_tests.traffic.proxy.passed import Passed


class Passing(web.StreamResponse):
    """An answer with the headers of the upstream, and none of aiohttp's own."""

    @classmethod
    def of(cls, answer: aiohttp.ClientResponse, passed: Passed) -> Passing:
        """An answer like the one that passed, without its body."""
        response = cls(status=answer.status, reason=answer.reason or None)
        for name, value in end_to_end(passed.answered):
            response.headers.add(name, value)
        return response

    async def _prepare_headers(self) -> None:
        given = {name.lower() for name in self.headers}
        await super()._prepare_headers()
        for name in ("Content-Type", "Date", "Server"):
            if name.lower() not in given:
                self.headers.popall(name, None)


def error(status: int, message: str, findings: Sequence[str] = ()) -> web.Response:
    """An answer of the proxy itself, in the shape of the service's own errors."""
    body = {"error_code": "contract-tests.proxy", "error_msg": message, "findings": [*findings]}
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json"
    )
