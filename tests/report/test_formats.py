"""What every report format owes, whichever it is: a new format is tested by being there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from contract_tests.errors import InputError
from contract_tests.report import formats, render, write
from contract_tests.verdicts import Run
from tests.report.sample_runs import all_samples

FORMATS = sorted(formats())
SAMPLES = ("empty", "all-known", "mixed", "hostile", "ten-thousand")


@cache
def sample(name: str) -> Run:
    """A sample run by name, made once."""
    return all_samples()[name]


@cache
def rendered(sample_name: str, format_name: str) -> bytes:
    """A sample in a format, rendered once."""
    return render(sample(sample_name), format_name)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("sample_name", SAMPLES)
def test_renders_any_run(sample_name: str, format_name: str) -> None:
    """Empty, known, mixed, hostile and huge runs give a file in UTF-8 that is not empty."""
    assert rendered(sample_name, format_name).decode("utf-8").strip()


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_run_gives_the_same_bytes(format_name: str) -> None:
    """Nothing of the clock, the machine or the order of a set gets in."""
    assert render(sample("mixed"), format_name) == rendered("mixed", format_name)


@pytest.mark.parametrize("format_name", [name for name in FORMATS if name != "run-json"])
def test_no_raw_control_characters(format_name: str) -> None:
    """What a hostile server answered cannot steer a terminal or break a parser."""
    text = rendered("hostile", format_name).decode("utf-8")
    assert not {c for c in text if ord(c) < 0x20 and c not in "\n\t"}
    assert "\u202e" not in text


@pytest.mark.parametrize("format_name", FORMATS)
def test_has_a_docstring_and_a_file_name_of_its_own(format_name: str) -> None:
    """The help text and the folder of a run need both."""
    names = [module.FILENAME for module in formats().values()]
    assert formats()[format_name].__doc__
    assert names.count(formats()[format_name].FILENAME) == 1


def test_write_makes_one_file_per_format(tmp_path: Path) -> None:
    """A format that is asked for twice is written once."""
    files = write(sample("mixed"), ["run-json", "junit", "run-json"], tmp_path)
    assert [file.name for file in files] == ["run.json", "junit.xml"]
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_an_unknown_format_is_told_with_a_near_name(tmp_path: Path) -> None:
    """And nothing is written, not even the formats that exist."""
    with pytest.raises(InputError, match="no report format 'junot'; did you mean junit"):
        write(sample("mixed"), ["run-json", "junot"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_name_near_to_nothing_gets_the_list() -> None:
    """Then the reader sees what there is."""
    with pytest.raises(InputError, match=r"there are .*junit, .*run-json"):
        render(sample("empty"), "xyzzy")
