"""The margin-rate bridge: each case worked by hand, and closing to the last digit."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings

from domain.rate_bridge import PICOS, RATE_EFFECTS, rate_bridge
from tests.domain.margin_items import NOTHING, PROFILE, item, items, period, random_items

A, B, C = ({"product_id": one} for one in "abc")


def _groups(*rows: dict[str, Any]) -> dict[str, dict[str, float]]:
    found = rate_bridge(items(*rows), PROFILE, by=("product_id",)).groups
    return {
        row["product_id"]: {
            name: pytest.approx(row[name], abs=1e-11) for name in RATE_EFFECTS if row[name]
        }
        for _, row in found.iterrows()
    }


def test_a_cell_whose_rate_falls_takes_its_share_of_revenue_along() -> None:
    # a: 100 at 40 %, then 200 at 30 %; b: 100 at 20 % both times. S 200 -> 300, G0 30 %.
    # a: rate (60 - 0.4 x 200)/300, mix (200/300 - 100/200)(0.4 - 0.3)
    # b: mix (100/300 - 100/200)(0.2 - 0.3)
    rows = (
        item(period(1, 100, 60), period(1, 200, 140), **A),
        item(period(1, 100, 80), period(1, 100, 80), **B),
    )
    assert _groups(*rows) == {
        "a": {"rate": -20 / 300, "mix": 1 / 60},
        "b": {"mix": 1 / 60},
    }
    whole = rate_bridge(items(*rows), PROFILE)
    assert (whole.start, whole.end) == (0.3, pytest.approx(80 / 300, abs=1e-12))


def test_cells_of_one_period_are_new_or_lost_only() -> None:
    # a: 100 at 30 % stays; b: 100 at 10 % is gone; c: 100 at 50 % is new. G0 = 40/200 = 20 %.
    # a: mix (100/200 - 100/200) = 0; b: -(10 - 20)/200; c: (50 - 20)/200
    assert _groups(
        item(period(1, 100, 70), period(1, 100, 70), **A),
        item(period(1, 100, 90), NOTHING, **B),
        item(NOTHING, period(1, 100, 50), **C),
    ) == {"a": {}, "b": {"lost": 0.05}, "c": {"new": 0.15}}


def test_cost_without_base_revenue_is_lost_from_the_base_and_new_in_the_period() -> None:
    # b: nothing sold for 0 at cost 5, then 50 at 50 %. S 100 -> 150, G0 = (40 - 5)/100
    # new (25 - 0.35 x 50)/150, lost -(-5 - 0)/100
    found = _groups(
        item(period(1, 100, 60), period(1, 100, 60), **A),
        item(period(1, 0, 5), period(1, 50, 25), **B),
    )
    assert found["b"] == {"new": 7.5 / 150, "lost": 0.05}


@pytest.mark.parametrize(
    ("base", "now", "missing"),
    [
        (period(1, 0, 5), period(1, 10, 5), "no_base_revenue"),
        (period(1, 10, 5), period(1, -10, 5), "no_period_revenue"),
    ],
)
def test_without_revenue_there_is_no_rate_and_it_says_of_which_period(
    base: dict, now: dict, missing: str
) -> None:
    found = rate_bridge(items(item(base, now)), PROFILE, by=("product_id",))
    assert (found.start, found.end, found.missing) == (None, None, missing)
    assert found.groups.empty


def test_no_cells_have_no_rate() -> None:
    assert rate_bridge(items(), PROFILE).missing == "no_base_revenue"


@settings(max_examples=60, deadline=None)
@given(random_items())
def test_it_closes_exactly_at_every_level_and_groups_add_up(frame: pd.DataFrame) -> None:
    whole = rate_bridge(frame, PROFILE, "cm2")
    assume(whole.missing is None)
    assert whole.start is not None
    assert whole.end is not None
    assume(max(abs(whole.start), abs(whole.end)) < 1000)  # a float tells 1e-12 apart up to here
    effects = sum(int(whole.picos.loc[0, name]) for name in RATE_EFFECTS)
    assert round(whole.start * PICOS) + effects == round(whole.end * PICOS)
    for by in (("customer_id",), ("currency", "product_id")):
        found = rate_bridge(frame, PROFILE, "cm2", by).picos
        for name in (*RATE_EFFECTS, "total"):
            assert sum(int(one) for one in found[name]) == int(whole.picos.loc[0, name])
        moved = sum(found[name].astype(object) for name in RATE_EFFECTS)
        assert moved.tolist() == found["total"].tolist()
        shares = rate_bridge(frame, PROFILE, "cm2", by).groups[list(RATE_EFFECTS)]
        assert np.isfinite(shares.to_numpy()).all()


@settings(max_examples=60, deadline=None)
@given(random_items())
def test_the_rates_at_both_ends_are_the_ratios_of_sums(frame: pd.DataFrame) -> None:
    found = rate_bridge(frame, PROFILE, "cm1")
    assume(found.missing is None)
    for value, one in ((found.start, 0), (found.end, 1)):
        revenue, cost = (frame[f"{name}_amount_{one}"] for name in ("net_revenue", "material"))
        size = (revenue.abs().sum() + cost.abs().sum()) / revenue.sum()
        expected = (revenue.sum() - cost.sum()) / revenue.sum()
        rounding = 1e-5 / revenue.sum()  # of amounts to whole millionths
        assert value == pytest.approx(expected, abs=1e-11 + size * (1e-12 + rounding))
