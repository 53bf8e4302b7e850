"""Drills through real lines give the totals that their owners know, to the cent."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from domain.dimensions import DIMENSIONS
from domain.scope import Scope
from queries import read
from settings import settings

pytestmark = pytest.mark.real
ALL = {"first_day": date(2000, 1, 1), "last_day": date(2030, 1, 1)}
CENT = 0.0051


@pytest.fixture
def opened(
    imported: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Scope]]:
    def found(name: str) -> Scope:
        report, con = imported(name)
        file = con.execute("select min(filename) from order_lines_files").fetchone()[0]
        monkeypatch.setenv("WARROOM_DATA", str(Path(file).parents[2]))
        monkeypatch.setenv("WARROOM_CACHE", str(tmp_path))
        settings.cache_clear()
        return Scope(report.version, datetime(2026, 1, 1, tzinfo=UTC))

    yield found
    settings.cache_clear()


def profit(scope: Scope, dimension: str) -> pd.DataFrame:
    """Net revenue and net profit by the names of members."""
    rows = read("margin_by", scope, by=(dimension,), **ALL)
    names = read("member_names", scope, dimension=dimension, members=tuple(rows[dimension]))
    named = names.set_index("member")["name"]
    rows["profit"] = rows["net_revenue_amount"] - rows["material_amount"]
    return rows.assign(name=rows[dimension].map(named)).set_index("name")


def test_regional_sales_by_channel_region_rep_customer_and_product_are_known(
    opened: Callable,
) -> None:
    scope = opened("us_regional_sales")
    channels = profit(scope, "channel")[["net_revenue_amount", "profit"]]
    known = {
        "In-Store": (30_102_904.70, 8_797_853.24), "Online": (21_698_558.86, 6_166_815.70),
        "Distributor": (13_169_147.65, 3_887_897.39), "Wholesale": (8_172_768.54, 2_472_744.54),
    }  # fmt: skip
    assert channels.T.to_dict("list") == {
        name: pytest.approx(values, abs=CENT) for name, values in known.items()
    }
    assert profit(scope, "region")["profit"].to_dict() == pytest.approx(
        {"Midwest": 6_180_635.80, "West": 5_383_949.32, "Northeast": 5_062_088.85,
         "South": 4_698_636.89}, abs=CENT,
    )  # fmt: skip
    for dimension, best, worst in (
        ("rep", ("Donald Reynolds", 885_385.87), ("Joshua Bennett", 661_726.10)),
        ("customer", ("Medline", 616_719.08), ("WakeFern", 327_408.87)),
        ("product", ("Accessories", 651_231.74), ("Bean Bags", 328_151.37)),
    ):
        found = profit(scope, dimension)["profit"]
        assert (found.idxmax().strip(), found.idxmin().strip()) == (best[0], worst[0])
        assert (found.max(), found.min()) == pytest.approx((best[1], worst[1]), abs=CENT)


@pytest.mark.parametrize("name", ["us_regional_sales", "online_retail", "completejourney"])
def test_every_dimension_adds_up_to_the_known_total(name: str, opened: Callable) -> None:
    """online_retail: 9,747,747.93 less what is quarantined, 21,740.98 - 11,062.06."""
    scope = opened(name)
    known = {
        "us_regional_sales": 73_143_379.74,
        "online_retail": 9_737_069.01,
        "completejourney": 4_596_039.58,
    }[name]
    for dimension in DIMENSIONS:
        rows = read("margin_by", scope, by=(dimension.id,), **ALL)
        assert rows["net_revenue_amount"].sum() == pytest.approx(known, abs=0.011), dimension.id


def test_the_largest_customers_of_the_wholesaler_are_the_known_ones(opened: Callable) -> None:
    scope = opened("online_retail")
    sales = (("x_is_credit_note", ("false",)),)
    rows = read("margin_by", scope, by=("customer",), where=sales, **ALL)
    named = rows[rows["customer"] != ""]
    assert named["net_revenue_amount"].sum() == pytest.approx(8_887_208.89, abs=CENT)
    assert len(named[named["net_revenue_amount"] > 0]) == 4338
    assert named["customer"].head(3).tolist() == ["14646", "18102", "17450"]
    assert named["net_revenue_amount"].head(3).tolist() == pytest.approx(
        [280_206.02, 259_657.30, 194_390.79], abs=CENT
    )
