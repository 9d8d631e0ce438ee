"""Where the proxy listens and whom it asks: this machine and the target, others only when asked.

Who can reach the proxy can use the credentials that pass it; who is asked as an upstream gets to
see them.
"""

from __future__ import annotations

import re
from collections.abc import Container
from ipaddress import ip_address
from urllib.parse import urlsplit

from contract_tests.contract import View
from contract_tests.errors import InputError
from contract_tests.targets.fields import FIELDS

OTHER_INTERFACES = "other-interfaces"
OTHER_UPSTREAMS = "other-upstreams"
WORDS = (OTHER_INTERFACES, OTHER_UPSTREAMS)
"""What `--allow` takes."""
OPTION = "--upstream"


def listening(written: str, allowed: Container[str]) -> tuple[str, int]:
    """Host and port of `--listen`: `8080`, `127.0.0.1:8080`, `[::1]:0`.

    Raises:
        InputError: it is no address, or one that other machines reach and nobody allowed.
    """
    host, _, port = written.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not (port.isascii() and port.isdigit()) or int(port) > 65535:
        raise InputError("no address to listen on", "write HOST:PORT", f"--listen {written}")
    if not _is_loopback(host) and OTHER_INTERFACES not in allowed:
        problem = f"{host} is reached from other machines"
        raise InputError(problem, f"add --allow {OTHER_INTERFACES}", f"--listen {written}")
    return host, int(port)


def upstream_of(written: str, view: View, target: str | None, allowed: Container[str]) -> str:
    """The upstream without a trailing slash.

    Args:
        written: as the user gave it.
        view: whose servers may be asked.
        target: the base URL of the target that the user named, which may be asked too.
        allowed: words of `--allow`.

    Raises:
        InputError: it is no URL of a service, or one of a host that nobody allowed.
    """
    try:
        upstream = str(FIELDS["base_url"](written))
    except ValueError:  # what was written may hold a password, and is not repeated
        remedy = "write https://host, without user, query or fragment"
        raise InputError("no URL of a service", remedy, OPTION) from None
    netloc, host = urlsplit(upstream).netloc, urlsplit(upstream).hostname or ""
    known = _is_loopback(host) or _is_server(host, view)
    of_target = target is not None and netloc == urlsplit(target).netloc
    if not known and not of_target and OTHER_UPSTREAMS not in allowed:
        problem = f"{host} is neither a server of the contract nor the target"
        raise InputError(problem, f"add --allow {OTHER_UPSTREAMS}", f"{OPTION} {upstream}")
    return upstream


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_server(host: str, view: View) -> bool:
    """Whether the contract names the host among its servers, whatever their variables are."""
    servers = (str(server.get("url", "")) for server in view.document.get("servers") or ())
    hosts = (urlsplit(server).netloc.rpartition("@")[2].partition(":")[0] for server in servers)
    patterns = (re.sub(r"\\\{.*?\\\}", "[a-z0-9-]+", re.escape(name)) for name in hosts if name)
    return any(re.fullmatch(pattern, host) for pattern in patterns)
