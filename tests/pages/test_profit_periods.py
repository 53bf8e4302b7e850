"""Periods of the profit page: what an address names, and what it is compared with."""

from datetime import date

import pytest

from errors import BadInput
from pages.money.periods import base_of, period_of, recent

TODAY = date(2026, 11, 24)
LAST = date(2026, 11, 23)
FIRST = date(2025, 9, 26)


def days(text: str) -> tuple[date, date]:
    found = period_of(text, LAST, TODAY)
    return found.first, found.last


def test_without_a_period_the_last_month_that_is_over_is_shown() -> None:
    assert days("") == (date(2026, 10, 1), date(2026, 10, 31))


def test_where_the_data_end_long_ago_their_last_month_is_shown() -> None:
    found = period_of("", date(2020, 12, 30), TODAY)
    assert (found.first, found.last) == (date(2020, 12, 1), date(2020, 12, 31))


def test_a_last_month_that_the_data_do_not_reach_the_end_of_is_not_shown_first() -> None:
    found = period_of("", date(2011, 12, 9), TODAY)
    assert (found.first, found.last) == (date(2011, 11, 1), date(2011, 11, 30))


def test_twelve_months_end_with_the_last_month_that_is_over() -> None:
    assert days("last12") == (date(2025, 11, 1), date(2026, 10, 31))


def test_a_quarter_a_year_and_days_of_ones_own_are_named() -> None:
    assert days("2026-Q3") == (date(2026, 7, 1), date(2026, 9, 30))
    assert days("2025") == (date(2025, 1, 1), date(2025, 12, 31))
    assert days("2026-03-05..2026-04-10") == (date(2026, 3, 5), date(2026, 4, 10))


def test_a_running_month_ends_today_and_is_compared_with_as_many_days() -> None:
    running = period_of("2026-11", LAST, TODAY)
    assert (running.last, running.is_running) == (TODAY, True)
    base = base_of("previous", running, FIRST)
    assert (base.first, base.last) == (date(2026, 10, 1), date(2026, 10, 24))


def test_a_whole_month_is_compared_with_a_whole_month_however_long() -> None:
    base = base_of("year", period_of("2025-02", LAST, TODAY), FIRST)
    assert (base.first, base.last) == (date(2024, 2, 1), date(2024, 2, 29))


def test_without_a_base_it_is_a_year_ago_or_just_before_where_the_data_begin_later() -> None:
    october = period_of("2026-10", LAST, TODAY)
    assert base_of("", october, FIRST).first == date(2025, 10, 1)
    assert base_of("", october, date(2025, 12, 24)).first == date(2026, 9, 1)


def test_days_of_ones_own_are_compared_with_as_many_days_just_before() -> None:
    base = base_of("previous", period_of("2026-03-05..2026-03-14", LAST, TODAY), FIRST)
    assert (base.first, base.last) == (date(2026, 2, 23), date(2026, 3, 4))


@pytest.mark.parametrize(
    "text", ["2026-13", "2026-Q5", "yesterday", "2026-04-10..2026-03-05", "0000", "2026-02-30..x"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        period_of(text, LAST, TODAY)


def test_the_last_quarters_are_named_newest_first() -> None:
    assert recent(period_of("2026-10", LAST, TODAY), "quarter", 3) == [
        "2026-Q4", "2026-Q3", "2026-Q2",
    ]  # fmt: skip
