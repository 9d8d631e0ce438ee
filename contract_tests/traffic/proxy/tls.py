"""How the upstream is trusted: as a target of the configuration says, else by the system."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from contract_tests.errors import InputError


def tls_of(target: Mapping[str, Any]) -> ssl.SSLContext:
    """The terms of TLS by the `verify` and `cert` of a target.

    Raises:
        InputError: their files hold no certificates.
    """
    verify, cert = target.get("verify", True), target.get("cert")
    authorities = None if isinstance(verify, bool) else verify
    is_folder = authorities is not None and Path(authorities).is_dir()
    try:
        context = ssl.create_default_context(
            cafile=None if is_folder else authorities, capath=authorities if is_folder else None
        )
        if cert is not None:
            context.load_cert_chain(*([cert] if isinstance(cert, str) else cert))
    except OSError as error:
        remedy = "look at verify and cert of the target"
        raise InputError(f"no certificate could be read ({error.strerror})", remedy) from error
    if verify is False:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
