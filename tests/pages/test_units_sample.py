"""The units over the sample company: totals that tie, and the quote that the field talks about."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from data.loading import import_source
from data.sample import generate
from data.sample.contracts import MODULE, MODULE_DAYS, MODULE_GAIN
from pages.unit_panels import books, offers
from pages.unit_panels.view import UnitsView
from queries import read
from queries.engines.duckdb import build
from settings import HOUSE, settings

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def units(profit: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The page over a small sample; `profit` makes the app."""
    folder = tmp_path_factory.mktemp("units-sample")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "DATA": str(folder / "extracts"), "STATE": f"sqlite:///{folder / 'state.sqlite'}",
            "CACHE": str(folder / "cache"), "NOW": NOW.isoformat(),
        }.items():  # fmt: skip
            patch.setenv(f"WARROOM_{name}", value)
        settings.cache_clear()
        books._read.cache_clear()
        made = generate(folder / "raw" / "sample", NOW, scale=0.05)
        source = HOUSE / "data" / "sources" / "sample"
        import_source(source, settings(), raw_dir=made.raw_dir, now=NOW, build=build)
        yield sys.modules["pages.units"]
    settings.cache_clear()


def kept(**view: Any) -> books.Books:
    shown = UnitsView(**view)
    scope = books.scope_for(shown)
    assert scope is not None
    return books.look(scope, shown)


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("level", ["gross_margin", "cm1", "cm2", "cm3"])
@pytest.mark.parametrize("period", ["", "2026-Q3", "2026-10", "last12"])
def test_units_and_regions_add_up_to_the_same_total_to_the_cent(level: str, period: str) -> None:
    by_unit, by_region = (kept(side=side, level=level, period=period) for side in ("unit", "org"))
    assert (by_unit.missed, by_region.missed) == (0, 0)
    for column in ("net_revenue_amount", "margin_amount"):
        sums = [
            round(sum(row[column] for row in each.accounts), 2) for each in (by_unit, by_region)
        ]
        assert sums[0] == sums[1] == round(by_unit.total[column], 2)
    assert by_unit.unallocated_amount == by_region.unallocated_amount


@pytest.mark.usefixtures("units")
def test_the_accounts_equal_what_the_loaded_order_lines_say() -> None:
    found = kept(period="2026-Q3")
    days = {"first_day": found.period.first, "last_day": found.period.last}
    lines = read("margin_lines_rows", found.scope, where=(), **days)
    by_unit = lines.groupby("profit_unit_id")["net_revenue_amount"].sum()
    for row in found.accounts:
        expected = by_unit.get(row["profit_unit_id"], 0.0)
        assert row["net_revenue_amount"] == pytest.approx(expected, abs=0.005)


@pytest.mark.usefixtures("units")
def test_the_dispatch_module_brings_its_share_of_margin_for_its_days() -> None:
    shown = UnitsView()
    scope = books.scope_for(shown)
    assert scope is not None
    found = offers.look(scope, shown, "PU03")
    quotes = [offers.look(scope, UnitsView(quote=deal), "PU03") for deal in found.quotes["opp_id"]]
    (with_module,) = [one for one in quotes if MODULE in set(one.clauses["product_id"])]
    judged = offers.judged(with_module, offers.terms(shown, with_module))
    plain, module = (
        next(each for each in judged.comparisons if each.scenario.scenario_id.endswith(name))
        for name in ("-plain", "-dispatch")
    )
    gain = module.margin_delta_amount / plain.scenario.margin_amount
    assert (round(gain, 4), module.days_delta) == (MODULE_GAIN, MODULE_DAYS)
    assert module.rate_delta_points is not None and module.rate_delta_points < 0.02
