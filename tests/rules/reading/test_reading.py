"""Values beside rows, tables beside tables, words beside values."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract_tests.rules.reading import Reading
from contract_tests.rules.reading.kinds import is_of_kind
from contract_tests.rules.reading.placeholders import is_placeholder
from contract_tests.rules.reading.spelling import slip_of
from contract_tests.rules.reading.twins import words
from tests.rules.sample_pages import read_sample

SAMPLE = """POST /v1/disks
= request
disk | Yes | Disk object | The disk.
= Disk
kinds | No | Array of strings | Kinds. Options: * SSD: fast * HDD: large
labels | No | Map<String,String> | Labels.
size | No | Integer | Size. It is valid only when mode is set to **RAID**.
mode | No | String | Mode. Options: * RAID: many * SINGLE: one
= response 201
id | String | ID of the disk.
user | User object | Owner of the disk.
= User
name | String | Name of the user.
= example request
POST https://{endpoint}/v1/disks
{"disk": {"kinds": ["SSD", "HDD"], "labels": {"a": "b"}, "size": 1}}
= example response 201
{"id": "10", "user": {"name": "n"}}
"""


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """The sample as rules see it."""
    return Reading(read_sample(SAMPLE, tmp_path)[0])


def test_each_value_stands_beside_its_row(reading: Reading) -> None:
    """Objects, the items of arrays, the values of maps: each with table, row and path."""
    found = {(v.table.name, v.field.name, v.path): v.value for v in reading.values}
    assert found[("Disk", "kinds", ("disk", "kinds", 1))] == "HDD"
    assert found[("Disk", "labels", ("disk", "labels", "a"))] == "b"
    assert found[("User", "name", ("user", "name"))] == "n"
    assert [v.item for v in reading.values if v.path == ("disk", "kinds", 0)] == [True]


def test_tables_that_only_answers_use(reading: Reading) -> None:
    """What a client sends, and what both sides use, is not among them."""
    assert "User" in {reading.tables[name].name for name in reading.answered}
    assert "Disk" not in {reading.tables[name].name for name in reading.answered}


def test_condition_on_another_field_is_understood(reading: Reading) -> None:
    """`when mode is set to RAID` is a value of `mode`, said by `size`."""
    [mention] = reading.mentions
    assert (mention.field.name, mention.about[0][1].name, mention.value) == ("size", "mode", "RAID")


@pytest.mark.parametrize(
    "text", ["xxx", "XXXX", "a@xxxxx.com", "***", "12**34", "{id}", "<id>", "......", "${x}"]
)
def test_placeholder(text: str) -> None:
    """What stands for a value is told from one."""
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["Xaver", "a*b", "taxi", "", "192.168.0.1", "1.0.0"])
def test_value_is_no_placeholder(text: str) -> None:
    """What looks a little like one is a value."""
    assert not is_placeholder(text)


def test_kinds_of_values() -> None:
    """A truth value is no integer, a whole number is a number, null is of every kind."""
    assert not is_of_kind([True][0], "integer")
    assert is_of_kind(2, "number")
    assert is_of_kind(2.0, "integer")
    assert is_of_kind(None, "array")
    assert is_of_kind("12", "integer", is_text=True)
    assert not is_of_kind("12", "integer")
    assert is_of_kind({}, "unknown")


def test_slip_is_the_same_name_mistyped() -> None:
    """Letters swapped and separators lost are a slip; another word is none."""
    assert slip_of("whiltelist", ["whitelist", "blacklist"]) == "whitelist"
    assert slip_of("contentType", ["content_type", "name"]) == "content_type"
    assert slip_of("size", ["name"]) is None
    assert slip_of("size", []) is None


def test_words_of_a_name() -> None:
    """Snake case, camel case and plurals come to the same words."""
    assert words("supportResCategories") == words("support_res_categories")
    assert words("dev_services") & words("service")
