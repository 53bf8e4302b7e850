"""Limits as people type them: one reading or none, and what is shown can be typed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.typed import Unit, shown_limit, typed_limit
from errors import BadInput

RANGES: dict[Unit, tuple[float, float]] = {
    "share": (0, 10),
    "points": (-1, 1),
    "times": (0, 1000),
    "hours": (0, 10_000),
}


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("95", "share", 0.95),
        ("95%", "share", 0.95),
        (" 92,5 % ", "share", 0.925),
        ("９５％", "share", 0.95),
        ("0.95%", "share", 0.0095),
        ("0", "share", 0.0),
        ("1000", "share", 10.0),
        ("-0.5", "points", -0.005),
        ("−0,5", "points", -0.005),
        ("－０．５ 个百分点", "points", -0.005),
        ("+2 pp", "points", 0.02),
        ("2.5", "times", 2.5),
        ("2.5X", "times", 2.5),
        ("3倍", "times", 3.0),
        ("12", "hours", 12.0),
        ("1,5 小时", "hours", 1.5),
        ("0,125", "hours", 0.125),
        ("1000 h", "hours", 1000.0),
    ],
)
def test_a_limit_is_read_as_it_is_meant(text: str, unit: Unit, value: float) -> None:
    assert typed_limit(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit", "told"),
    [
        ("", "share", "Enter per cent from 0 to 1000"),
        ("0.95", "share", "could be 0.95% or 95%"),
        ("1", "share", "could be 1% or 100%"),
        ("-5", "share", "out of range"),
        ("1001", "share", "out of range"),
        ("5%", "points", "Enter percentage points"),
        ("–0.5", "points", "no number"),
        ("--1", "points", "no number"),
        ("1,000", "hours", "could be 1000 or 1.000"),
        ("1,234.5", "hours", "no number"),
        ("1e3", "hours", "no number"),
        (".5", "hours", "no number"),
        ("nan", "times", "no number"),
        ("inf", "times", "no number"),
        ("٣", "times", "no number"),
        ("1" * 51, "times", "too long"),
    ],
)
def test_what_has_no_reading_or_two_is_refused_with_what_to_enter(
    text: str, unit: Unit, told: str
) -> None:
    with pytest.raises(BadInput, match=told.replace(".", r"\.")) as error:
        typed_limit(text, unit)
    assert error.value.to_do


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (0.95, "share", "95%"),
        (0.07, "share", "7%"),
        (10.0, "share", "1000%"),
        (-0.005, "points", "−0.5"),
        (-0.0, "points", "0"),
        (3.0, "times", "3"),
        (12.5, "hours", "12.5"),
        (100, "hours", "100"),
    ],
)
def test_a_limit_is_shown_to_its_last_digit(value: float, unit: Unit, shown: str) -> None:
    assert shown_limit(value, unit) == shown


@given(st.data())
def test_what_is_shown_can_be_typed_again(data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(list(RANGES)))
    value = data.draw(st.floats(*RANGES[unit]).filter(lambda value: not 0 < abs(value) < 1e-12))
    assert typed_limit(shown_limit(value, unit), unit) == value


@given(st.text(max_size=60), st.sampled_from(list(RANGES)))
def test_any_text_is_a_limit_within_its_range_or_refused(text: str, unit: Unit) -> None:
    try:
        value = typed_limit(text, unit)
    except BadInput:
        return
    assert RANGES[unit][0] <= value <= RANGES[unit][1]
