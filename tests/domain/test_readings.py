"""Readings: the last day's number, and for how many days in a row it has been a breach."""

import pandas as pd
import pytest

from domain.metrics import METRIC
from domain.readings import Reading, read_units
from domain.status import Limits
from domain.thresholds import Threshold

SALES = METRIC["sales_since_open"]


def _read(*days: tuple[float | None, float | None, int]) -> Reading:
    rows = pd.DataFrame(days, columns=["numerator", "denominator", "case_count"])
    rows = rows.assign(
        org_unit_id="n",
        day=pd.date_range("2026-03-01", periods=len(rows)),
        reference_value=None,
        at_stake_amount=5.0,
    )
    held = {None: Threshold(Limits(0.95, 0.85), None, True, None)}
    return read_units(SALES, rows, held)["n"]


def test_the_last_day_is_judged_and_the_days_in_breach_are_counted_back_from_it() -> None:
    reading = _read((80, 100, 40), (100, 100, 40), (90, 100, 40), (84, 100, 40))
    assert reading.value == pytest.approx(0.84)
    assert (reading.status, reading.days) == ("red", 2)
    assert reading.history == pytest.approx((0.8, 1.0, 0.9, 0.84))


def test_a_day_with_too_few_cases_or_no_number_is_grey_and_ends_the_breach() -> None:
    assert _read((80, 100, 40), (80, 100, 3)).status == "grey"
    assert _read((80, 100, 40), (None, 100, 40), (80, 100, 40)).days == 1


def test_a_unit_without_a_threshold_of_its_own_has_the_companys() -> None:
    assert _read((94, 100, 40)).threshold.is_default


def test_nothing_to_divide_by_is_no_number() -> None:
    assert _read((10, 0, 40)).value is None
