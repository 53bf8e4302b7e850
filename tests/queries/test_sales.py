"""Sales of the shops: what came in, what was expected by this clock, and the rows behind it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from stubs import AT_9_30, NOW, TODAY, UNITS, Rows, hour

from domain.scope import Scope
from queries import read, totals

Given = Callable[..., Scope]

STORES: Rows = [
    {"store_id": "1", "name": "A", "org_unit_id": "n", "tz": "UTC", "manager_rep_id": "m"},
    {"store_id": "2", "name": "B", "org_unit_id": "s", "tz": "UTC"},
]
REPS: Rows = [{"rep_id": "m", "valid_from": date(2020, 1, 1), "name": "Mo"}]
HOURS: Rows = [
    hour("1", "2026-02-16 08:00", 100, 5),
    hour("1", "2026-02-16 09:00", 60, 4),
    hour("1", "2026-02-23 08:00", 80, 3),
    hour("1", "2026-02-23 09:00", 40, 2),
    hour("2", "2026-02-23 08:00", 10),
    hour("1", "2026-03-02 08:00", 45),
    hour("1", "2026-03-02 09:00", 20, is_complete=False),
]


def sums(frame: pd.DataFrame) -> dict:
    keys = [None if pd.isna(key) else key for key in frame["org_unit_id"]]
    return dict(zip(keys, zip(frame["numerator"], frame["denominator"], strict=True), strict=True))


@pytest.mark.parametrize("with_marts", [True, False])
def test_sales_since_open_against_the_same_hours_of_the_weeks_before(
    given: Given, with_marts: bool
) -> None:
    scope = given(org_units=UNITS, stores=STORES, pos_hours=HOURS, with_marts=with_marts)
    today = read("sales_since_open", scope, first_day=TODAY, **NOW)
    # North: 45 + 20 of (100 + 80) / 2 and half an hour of (60 + 40) / 2
    # South: nothing of its one week's 10; the company: (100 + 90) / 2 and the same half hour
    assert sums(today) == {"c": (65, 95 + 25), "n": (65, 90 + 25), "s": (0, 10)}
    assert today["at_stake_amount"].tolist() == [55, 50, 10]
    assert today["case_count"].tolist() == [5 + 3 + 1 + 4 + 2, 5 + 3 + 4 + 2, 1]


def test_days_before_count_the_hours_that_were_over_at_the_same_clock(given: Given) -> None:
    scope = given(org_units=UNITS, stores=STORES, pos_hours=HOURS)
    rows = read("sales_since_open", scope, first_day=TODAY - timedelta(days=7), **NOW)
    week_ago = rows[(rows["day"] == pd.Timestamp("2026-02-23")) & (rows["org_unit_id"] == "n")]
    assert week_ago[["numerator", "denominator"]].values.tolist() == [[80, 100]]  # not the nine's
    assert len(rows) == 3 * 8


def test_an_hour_that_is_not_reported_yet_is_no_drop(given: Given) -> None:
    scope = given(org_units=UNITS, stores=STORES, pos_hours=HOURS[:-1])
    assert sums(read("sales_since_open", scope, first_day=TODAY, **NOW))["n"] == (45, 90)


@pytest.mark.parametrize("unit", ["c", "n", "s"])
def test_the_rows_add_up_to_the_number(given: Given, unit: str) -> None:
    scope = given(org_units=UNITS, stores=STORES, pos_hours=HOURS).narrowed(unit)
    shown = sums(read("sales_since_open", scope, first_day=TODAY, **NOW))[unit]
    found = totals("sales_since_open_rows", scope, **NOW)
    assert (found["numerator"], found["denominator"]) == pytest.approx(shown)


def test_a_store_is_judged_by_its_own_weeks_and_its_rows_add_up(given: Given) -> None:
    scope = given(org_units=UNITS, stores=STORES, pos_hours=HOURS, reps=REPS)
    stores = read("sales_since_open_by_store", scope, **NOW).set_index("store_id")
    assert stores.loc["1", ["numerator", "denominator", "at_stake_amount"]].tolist() == [
        65,
        115,
        50,
    ]
    assert stores.loc["2", ["numerator", "denominator", "case_count"]].tolist() == [0, 10, 1]
    assert stores["manager_name"].fillna("-").to_dict() == {"1": "Mo", "2": "-"}
    assert stores.loc["1", "below_since"] == pd.Timestamp("2026-03-02 08:00")
    opened = totals("sales_since_open_rows", scope, store_id="2", **NOW)
    assert (opened["numerator"], opened["denominator"]) == (0, 10)


def test_one_store_has_a_history_that_ends_with_its_number_of_today(given: Given) -> None:
    scope = given(org_units=UNITS, stores=STORES, pos_hours=HOURS)
    first = {"first_day": TODAY - timedelta(days=7)}
    days = read("store_sales_since_open", scope, store_id="1", **first, **NOW)
    assert len(days) == 8
    assert set(days["org_unit_id"]) == {"n"}
    assert days[["numerator", "denominator"]].iloc[[0, -1]].values.tolist() == [
        [80, 100], [45 + 20, 90 + 25]
    ]  # fmt: skip
    unseen = read("store_sales_since_open", scope.narrowed("s"), store_id="1", **first, **NOW)
    assert unseen["numerator"].isna().all()
    assert unseen["org_unit_id"].isna().all()


def test_a_complete_hour_is_visible_at_its_end_though_its_row_began_before(given: Given) -> None:
    scope = given(pos_hours=[*HOURS[:-1], hour("1", "2026-03-02 09:00", 99)])
    early = replace(scope, as_of=AT_9_30)
    assert sums(read("sales_since_open", early, first_day=TODAY, **NOW))[None][0] == 45
    late = replace(scope, as_of=AT_9_30 + timedelta(minutes=30))
    assert sums(read("sales_since_open", late, first_day=TODAY, **NOW))[None][0] == 45 + 99


@pytest.mark.parametrize("with_marts", [True, False])
def test_a_running_hour_counts_from_its_start_whatever_its_known_at(
    given: Given, with_marts: bool
) -> None:
    running = {**HOURS[-1], "known_at": AT_9_30 + timedelta(minutes=30)}  # assumed: the hour's end
    scope = given(pos_hours=[*HOURS[:-1], running], with_marts=with_marts)
    now = replace(scope, as_of=AT_9_30)
    assert sums(read("sales_since_open", now, first_day=TODAY, **NOW))[None][0] == 45 + 20
    before = replace(scope, as_of=AT_9_30 - timedelta(minutes=31))
    assert sums(read("sales_since_open", before, first_day=TODAY, **NOW))[None][0] != 45 + 20


def test_hours_have_a_band_from_three_weeks_on(given: Given) -> None:
    weeks = [hour("1", f"2026-{day} 08:00", sales) for day, sales in
             [("02-09", 10), ("02-16", 20), ("02-23", 30), ("03-02", 25)]]  # fmt: skip
    scope = given(pos_hours=weeks)
    first = datetime(2026, 3, 2, 7)  # noqa: DTZ001
    rows = read("net_sales_by_hour", scope, tz="UTC", first=first, last=first + timedelta(hours=3))
    assert rows["net_sales_amount"].fillna(-1).tolist() == [0, 25, -1]
    assert rows["expected_amount"].tolist() == [0, 20, 0]
    eight = rows.iloc[1]
    assert (eight["low_amount"], eight["high_amount"]) == pytest.approx((20 - 12.8, 20 + 12.8))
    assert rows["is_complete"].tolist() == [True, True, False]
    assert rows["week_count"].tolist() == [3, 3, 3]
