"""Whether an example request calls its page's operation."""

from __future__ import annotations

import pytest

from contract_tests.facts import Example, Page
from contract_tests.findings import Source
from contract_tests.rules.reading.calls import Fit, fit, own, path_values, target

PAGE = Page(
    stem="StartDisk",
    file="StartDisk.html",
    dialect="html",
    title="",
    style="generated",
    method="POST",
    uri="/v1/{project_id}/disks/{id}/start",
)


def request(uri: str, method: str = "POST") -> Example:
    """An example request with a request line."""
    return Example(role="request", source=Source("f", 1), text="", method=method, uri=uri)


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("https://{endpoint}/v1/{project_id}/disks/{id}/start", "same"),
        ("https://endpoint/v1/abc/disks/10/start?now=true", "same"),
        ("{endpoint}/v1/abc/disks/10/start/", "same"),
        ("/v1/abc/disks/10/begin", "near"),
        ("https://endpoint/v1/abc/disk/10/start", "near"),
        ("https://endpoint/v2.0/ports?device_id=1", "other"),
    ],
)
def test_fit_of_a_uri(uri: str, expected: Fit) -> None:
    """The page's URI with values, a slip of it, or another operation's."""
    assert fit(PAGE, request(uri)) == expected


def test_other_method_on_the_same_path_is_a_slip() -> None:
    """The path is the page's, the method is not."""
    assert fit(PAGE, request("/v1/abc/disks/10/start", "PUT")) == "near"


def test_answer_to_another_call_is_not_the_page_s() -> None:
    """A call of another operation takes the answer that follows it along."""
    asked, answered = request("https://vpc/v2.0/ports", "GET"), _response()
    mine, mine_too = request("/v1/abc/disks/10/start"), _response()
    page = _with(asked, answered, mine, mine_too)
    assert own(page) == (mine, mine_too)


def test_values_of_path_parameters() -> None:
    """What stands in place of the parameters; placeholders are no values."""
    examples = [request("/v1/{project_id}/disks/10/start")]
    assert path_values(PAGE, examples) == {"id": "10"}


def test_slips_of_a_target() -> None:
    """What no client could send is named."""
    assert target("https://e//v1/disks").slips == ("//",)
    assert target("https://e/v1/disks??a=1").slips == ("??",)
    assert target("https://e/v1/disks ?a=1").slips == ("blank",)
    assert target("https://e/v1/disks?a=1").slips == ()


def _response() -> Example:
    return Example(role="response", source=Source("f", 2), text="{}", body="{}")


def _with(*examples: Example) -> Page:
    return Page(
        stem=PAGE.stem,
        file=PAGE.file,
        dialect="html",
        title="",
        style="generated",
        method=PAGE.method,
        uri=PAGE.uri,
        examples=examples,
    )
