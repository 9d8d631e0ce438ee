"""The places where secrets stand, in headers, JSON, URLs and logs, whatever their value is.

What stands there is masked even in broken JSON, in JSON within JSON, and in the `repr` of a
dictionary: the text is not parsed but scanned for names and what follows them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from schemathesis.config import SanitizationConfig
from schemathesis.core.output.sanitization import is_sensitive_key

_HEADERS = SanitizationConfig()
_OPEN_HEADERS = frozenset({"www-authenticate"})
"""Headers that sound like secrets and hold none."""
_NAMES = frozenset(
    {
        *("accesskey", "accesskeyid", "ak", "authorization", "clientsecret", "cookie"),
        *("credential", "passphrase", "passwd", "password", "privatekey", "secret"),
        *("secretaccesskey", "secretkey", "setcookie", "signature", "sk"),
    }
)

_KEY = re.compile(r"""(?P<quote>\\*["'])(?P<name>[^"'\s]{2,60}?)(?P=quote)\s*(?P<sep>[:,])\s*""")
_QUERY = re.compile(r"""(?:\A|(?<=[?&;]))(?P<name>[\w.%-]{2,60})=(?P<value>[^&;#\s"'<>\\]+)""")
_LINE = re.compile(
    r"""(?P<name>\b(?:x-[a-z-]*token|(?:proxy-)?authorization|cookie|set-cookie)):\s*"""
    r"""(?P<value>(?:(?!\\r|\\n|["'])[^\r\n])+)""",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"""\b(?P<name>Access|Credential|Signature)=(?P<value>[^,\s"'&;]+)""")
_USERINFO = re.compile(r"(?P<name>\b[A-Za-z][\w+.-]*://[^\s/?#@:]*:)(?P<value>[^\s/?#@]+)(?=@)")
_PRIVATE_KEY = re.compile(
    r"(?P<name>-----BEGIN [A-Z ]*PRIVATE KEY-----)"
    r"(?P<value>.*?)(?=-----END [A-Z ]*PRIVATE KEY-----|\Z)",
    re.DOTALL,
)
_SIGN = re.compile(r"""["':=]|-----BEGIN""")
"""Without one of these a text has no place of secrets; most texts have none."""
_QUOTE = re.compile(r"""\\*["']""")
_SCALAR = re.compile(r"[^\s,}\])]*")
_NUMBER = re.compile(r"-?[0-9][0-9.eE+-]*")
_WORDS = frozenset({"null", "true", "false", "None", "True", "False"})

Hide = Callable[[str], str]
"""Gives what is shown in place of a text that stands where secrets do."""


def is_secret_header(name: str) -> bool:
    """Whether the value of a header is hidden, by schemathesis' words for it."""
    return name.lower() not in _OPEN_HEADERS and is_sensitive_key(
        name,
        keys_to_sanitize=_HEADERS.keys_to_sanitize,
        sensitive_markers=_HEADERS.sensitive_markers,
    )


def is_secret_name(name: str) -> bool:
    """Whether a field or parameter of that name holds a secret: `token`, `secret_key`."""
    plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), name)
    plain = re.sub(r"[\W_]", "", plain).lower()
    return plain.endswith("token") or plain in _NAMES


def hide_places(text: str, hide: Hide) -> str:
    """The text with everything hidden that stands in a place of secrets."""
    if _SIGN.search(text) is None:
        return text
    text = _PRIVATE_KEY.sub(lambda m: m["name"] + hide(m["value"]), text)
    text = _hide_fields(text, hide)
    text = _USERINFO.sub(lambda m: m["name"] + hide(m["value"]), text)
    text = _LINE.sub(lambda m: f"{m['name']}: {hide(m['value'])}", text)
    text = _SIGNATURE.sub(lambda m: f"{m['name']}={hide(m['value'])}", text)
    return _QUERY.sub(lambda m: _hide_parameter(m, hide), text)


def hide_values(value: Any, hide: Hide, show: Hide, *, secret: bool = False) -> Any:
    """A JSON value with each string in it hidden below a secret name, and else as `show` has it."""
    if isinstance(value, dict):
        shown = ((show(str(key)), item) for key, item in value.items())
        return {
            key: hide_values(item, hide, show, secret=secret or is_secret_name(key))
            for key, item in shown
        }
    if isinstance(value, list | tuple):
        return [hide_values(item, hide, show, secret=secret) for item in value]
    if isinstance(value, str):
        return hide(value) if secret and value else show(value)
    return _zeros(value) if secret else value


def _hide_parameter(match: re.Match[str], hide: Hide) -> str:
    shown = hide(match["value"]) if is_secret_name(match["name"]) else match["value"]
    return f"{match['name']}={shown}"


def _hide_fields(text: str, hide: Hide) -> str:
    """Hide the values of `"token": …`, and of pairs as `('X-Auth-Token', …)`."""
    return "".join(_pieces(text, hide))


def _pieces(text: str, hide: Hide) -> Iterator[str]:
    done = 0
    for match in _KEY.finditer(text):
        if match.start() >= done and _names_a_secret(match):
            value, end = _hidden_value(text, match.end(), hide)
            yield text[done : match.end()] + value
            done = end
    yield text[done:]


def _names_a_secret(match: re.Match[str]) -> bool:
    if match["sep"] == ",":  # a pair has a header's name first; a list may name any field
        return "-" in match["name"] and is_secret_header(match["name"])
    return is_secret_name(match["name"])


def _hidden_value(text: str, start: int, hide: Hide) -> tuple[str, int]:
    """What is shown for the value that begins at `start`, and where that value ends."""
    opening = _QUOTE.match(text, start)
    if opening is not None:
        end = _end_of_string(text, opening.end(), opening[0])
        content = text[opening.end() : end]
        return opening[0] + (hide(content) if content else ""), end
    if text[start : start + 1] in {"{", "["}:
        return _hidden_container(text, start, hide)
    end = next(_SCALAR.finditer(text, start)).end()
    return _hidden_scalar(text[start:end], hide), end


def _end_of_string(text: str, start: int, quote: str) -> int:
    """Where a string's closing quote is, or the text ends; `quote` may be an escaped one."""
    if len(quote) > 1:
        end = text.find(quote, start)
        return len(text) if end < 0 else end
    closing = re.compile(rf"(?:\\.|[^\\{quote}])*", re.DOTALL)
    return next(closing.finditer(text, start)).end()


def _hidden_container(text: str, start: int, hide: Hide) -> tuple[str, int]:
    """An object or a list with all that is in it hidden; where it is broken, all of the rest."""
    try:
        value, end = json.JSONDecoder().raw_decode(text, start)
    except ValueError:
        return hide(text[start:]), len(text)
    return json.dumps(hide_values(value, hide, str, secret=True)), end


def _hidden_scalar(written: str, hide: Hide) -> str:
    if written in _WORDS or not written:
        return written
    return "0" if _NUMBER.fullmatch(written) else hide(written)


def _zeros(value: Any) -> Any:
    """A number becomes 0: that it is a number may be the finding."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return type(value)(0) if is_number else value
