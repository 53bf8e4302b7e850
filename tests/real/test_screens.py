"""The views over the real sets give their known answers, with marts and without."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from domain.scope import Scope
from queries import read, totals
from settings import settings

pytestmark = pytest.mark.real
Opened = Callable[[str, str], Scope]


@pytest.fixture
def opened(imported: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """opened(set, extract) imports a set, finds its folder by one extract's, and sees it all."""

    def found(name: str, extract: str) -> Scope:
        report, con = imported(name)
        file = con.execute(f"select min(filename) from {extract}_files").fetchone()[0]
        monkeypatch.setenv("WARROOM_DATA", str(Path(file).parents[2]))
        monkeypatch.setenv("WARROOM_CACHE", str(tmp_path))
        settings.cache_clear()
        return Scope(report.version, datetime(2026, 1, 1, tzinfo=UTC))

    yield found
    settings.cache_clear()


def test_shop_hours_of_the_year_are_its_sales_and_days_open_to_their_rows(opened: Opened) -> None:
    scope = opened("completejourney", "pos_hours")
    year = {"first": datetime(2017, 1, 1), "last": datetime(2018, 1, 1)}  # noqa: DTZ001
    hours = read("net_sales_by_hour", scope, tz="America/New_York", **year)
    assert hours["net_sales_amount"].sum() == pytest.approx(4_596_039.58, abs=0.01)
    assert len(hours) == 365 * 24 - 1  # no 02:00 on 12 March, 01:00 of 5 November holds both
    day = {"tz": "America/New_York", "today": date(2017, 12, 20),
           "now": datetime(2017, 12, 20, 14, 36)}  # noqa: DTZ001 # fmt: skip
    shown = read("sales_since_open", scope, first_day=date(2017, 12, 20), **day).iloc[0]
    rows = totals("sales_since_open_rows", scope, **day)
    assert (rows["numerator"], rows["denominator"]) == pytest.approx(
        (shown["numerator"], shown["denominator"])
    )


def test_margins_of_the_months_are_the_known_profit_by_region(opened: Opened) -> None:
    scope = opened("us_regional_sales", "order_lines")
    first, last = date(2018, 1, 1), date(2021, 1, 31)
    now = {"tz": "UTC", "now": datetime(2021, 1, 31)}  # noqa: DTZ001
    rows = read("gross_margin_mtd", scope, first_day=first, today=last, **now)
    months = rows[pd.to_datetime(rows["day"]).dt.is_month_end]
    sums = months.groupby("org_unit_id")[["numerator", "denominator"]].sum()
    assert sums.loc["company"].tolist() == pytest.approx([21_325_310.87, 73_143_379.74], abs=0.011)
    assert sums["numerator"].drop("company").to_dict() == pytest.approx(
        {
            "Midwest": 6_180_635.80,
            "West": 5_383_949.32,
            "Northeast": 5_062_088.85,
            "South": 4_698_636.89,
        },
        abs=0.01,
    )
