"""Ranges, lengths, units, formats, character sets and defaults in prose."""

from __future__ import annotations

import re

import pytest

from contract_tests.facts import Default, Limits
from tests.docs.cells import field


@pytest.mark.parametrize(
    ("sentence", "type_", "expected"),
    [
        ("The value ranges from <b>1</b> to <b>60</b>.", "Integer", Limits(minimum=1, maximum=60)),
        ("Value range: 1 to 9", "Integer", Limits(minimum=1, maximum=9)),
        ("The value must be between 1 and 9.", "Integer", Limits(minimum=1, maximum=9)),
        ("A maximum of 9 characters is allowed.", "String", Limits(max_length=9)),
        ("<p>Maximum length: 9</p>", "String", Limits(max_length=9)),
        ("The value range is [1, 1000].", "Integer", Limits(minimum=1, maximum=1000)),
        ("The value range is (0,1].", "Double", Limits(exclusive_minimum=0, maximum=1)),
        ("The value ranges from 0 to 86,400,000.", "Long", Limits(minimum=0, maximum=86400000)),
        ("The value ranges from -1 to 5.", "Integer", Limits(minimum=-1, maximum=5)),
        ("The value must be greater than 0.", "Integer", Limits(exclusive_minimum=0)),
        ("The maximum value is 4096 GB.", "Integer", Limits(maximum=4096, unit="GB")),
        ("Enter 4 to 64 characters.", "String", Limits(min_length=4, max_length=64)),
        ("It has a maximum of 512 characters", "String", Limits(max_length=512)),
        (
            "<p>Minimum: <b>1</b></p><p>Maximum: <b>9</b></p>",
            "Integer",
            Limits(minimum=1, maximum=9),
        ),
        (
            "<p>Minimum: <b>1</b></p><p>Maximum: <b>9</b></p>",
            "String",
            Limits(min_length=1, max_length=9),
        ),
        ("Time at the peak, in milliseconds.", "Long", Limits(unit="ms")),
        ("Wait, in the unit of second.", "Integer", Limits(unit="s")),
        ("Weight (KB)", "Integer", Limits(unit="KB")),
        ("Made at (UTC ms).", "Long", Limits(unit="ms", format="utc-ms")),
        (
            "Time (UTC) of lighting, accurate to millisecond.",
            "Long",
            Limits(unit="ms", format="utc-ms"),
        ),
        (
            "Its value has the Universally Unique Identifier (UUID) format.",
            "String",
            Limits(format="uuid"),
        ),
        ("The time is in YYYY-MM-DDTHH:MM:SS format.", "String", Limits(format="date-time")),
    ],
)
def test_limits(sentence: str, type_: str, expected: Limits) -> None:
    """What a description states of its value becomes limits."""
    assert field(f"<p>Something.</p><p>{sentence}</p>", type_).limits == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "A tag can contain a maximum of 63 characters.",
        "The recommended value ranges from 10 to 50.",
        "The minimum increment is 1 if the value ranges from 0 to 300.",
        "A maximum of 20 kilns can be fired at once.",
        "Version 3.11.2 was made in 2020.",
    ],
)
def test_limits_of_something_else(sentence: str) -> None:
    """What is limited but is not the value stays prose."""
    assert field(f"<p>Something. {sentence}</p>", "String").limits == Limits()


def test_limits_that_hang_on_a_condition() -> None:
    """They are kept, with the condition, but are no limits of every value."""
    read = field(
        "<ul><li>If the kiln burns gas, the value ranges from <b>1</b> to <b>60</b>.</li>"
        "<li>For wood kilns, the value ranges from <b>1</b> to <b>1440</b>.</li></ul>",
        "Integer",
    )
    assert read.limits == Limits()
    assert [(bound.maximum, bound.condition) for bound in read.bounds] == [
        (60, "If the kiln burns gas"),
        (1440, "For wood kilns"),
    ]


@pytest.mark.parametrize(
    ("sentence", "good", "bad"),
    [
        ("Only letters, digits, hyphens (-), and underscores (_) are allowed.", "a-B_9", "a.b"),
        ("1 to 9 characters, including lowercase letters, digits, and periods (.)", "a.9", "A"),
        ("It can contain only digits and must start with 1.", "123", "a"),
    ],
)
def test_character_sets(sentence: str, good: str, bad: str) -> None:
    """The names of characters become a pattern."""
    pattern = field(sentence).limits.pattern
    assert pattern is not None
    assert re.search(pattern, good)
    assert not re.search(pattern, bad)


def test_a_character_set_that_is_not_understood() -> None:
    """A wrong pattern is worse than none."""
    assert field("It can contain only letters, runes, and digits.").limits.pattern is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The default value is <b>0</b>.", "0"),
        ("The default value is timing.", "timing"),
        ("Default: <b>false</b>", "false"),
        ("The default is <b>false</b>.", "false"),
        ("Default value: <b>cone 10.5</b>", "cone 10.5"),
        ("Origin, which defaults to <b>OWN</b>.", "OWN"),
        ("It starts with a slash (/), and the default value is /.", "/"),
        ("The default value is 15 minutes.", "15"),
        ("The default value of <b>page</b> is <b>1</b>.", "1"),
        ('The default value is an empty string, that is, "".', ""),
        ("If no kiln is set, the default value is <b>7</b>.", "7"),
        ("Options: <ul><li>a: x (default)</li><li>b: y</li></ul>", "a"),
        ("Options: <ul><li>a: x</li><li>b: y. It is the default value.</li></ul>", "b"),
        ("The default value is the time of lighting.", None),
        ("The default value is used.", None),
        ("By default, this parameter is left blank.", None),
        ("Default value: none", None),
    ],
)
def test_defaults(sentence: str, expected: str | None) -> None:
    """The value that is named as the default; nothing where none is named."""
    assert field(f"<p>Something.</p><p>{sentence}</p>").default == expected


def test_defaults_for_several_cases() -> None:
    """Several defaults are none: each is kept with what it hangs on."""
    read = field("The default value is 5 GB for GAS and 50 GB for WOOD.", "Integer")
    assert read.default is None
    assert read.defaults == (Default("5", "GAS"), Default("50", "WOOD"))
    assert read.limits.unit == "GB"


def test_named_values() -> None:
    """Values that prose names, with how they are set; abbreviations and numbers are none."""
    read = field(
        'Fired when <b>fuel</b> is set to <b>GAS</b> or WOOD, see "kiln-1" and List.xml. ID 7.'
    )
    assert [(named.value, named.notation) for named in read.named_values] == [
        ("fuel", "bold"),
        ("GAS", "bold"),
        ("List.xml", "file"),
        ("kiln-1", "quoted"),
        ("WOOD", "uppercase"),
    ]
    assert all(named.source.line == 5 for named in read.named_values)


def test_values_of_the_own_enumeration_are_not_named() -> None:
    """A value in the meaning of another is; the values of the enumeration are not."""
    read = field("Options:<ul><li><b>GAS</b>: hot</li><li><b>OWN</b>: only with WOOD</li></ul>")
    assert [named.value for named in read.named_values] == ["WOOD"]
    assert read.named_values[0].context == "OWN: only with WOOD"
