"""The price-volume-mix bridge: each effect worked by hand, and closing whatever comes in."""

import time
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from domain.bridge import COLUMNS, EFFECTS, PRICE_PARTS, bridge, bridge_micros
from domain.quantities import measured_by
from tests.domain.margin_items import NOTHING, PROFILE, item, items, period, random_items

A, B = {"product_id": "a"}, {"product_id": "b"}


def _effects(*rows: dict[str, Any], level: str = "cm1") -> dict[str, float]:
    """What the bridge over all rows says, without what is nothing."""
    found = bridge(items(*rows), PROFILE, level).loc[0]
    return {name: found[name] for name in COLUMNS if found[name]}


def test_price_is_what_each_unit_brings_more_times_the_units_now() -> None:
    # 10 pieces at 10, then 10 at 12; cost 6 a piece: (12 - 10) x 10
    assert _effects(item(period(10, 100, 60), period(10, 120, 60))) == {
        "start": 40, "price": 20, "end": 60, "price_list": 20,
    }  # fmt: skip


def test_cost_is_what_each_unit_costs_more_times_the_units_now() -> None:
    # cost 6 a piece, then 7: -(7 - 6) x 10
    assert _effects(item(period(10, 100, 60), period(10, 100, 70))) == {
        "start": 40, "cost": -10, "end": 30,
    }  # fmt: skip


def test_costs_above_the_level_do_not_count() -> None:
    dearer_freight = item(period(10, 100, 60), period(10, 100, 60, freight_amount=15))
    assert "cost" not in _effects(dearer_freight)
    assert _effects(dearer_freight, level="cm2")["cost"] == -15


def test_volume_is_units_more_at_the_mean_margin() -> None:
    # 10 to 15 pieces, margin 4 a piece: 5 x 4
    assert _effects(item(period(10, 100, 60), period(15, 150, 90))) == {
        "start": 40, "volume": 20, "end": 60,
    }  # fmt: skip


def test_mix_is_units_that_moved_to_better_or_worse_products() -> None:
    # a earns 4 a piece, b earns 1; 10 + 10 pieces become 15 + 5: 5 x 4 - 5 x 1
    assert _effects(
        item(period(10, 100, 60), period(15, 150, 90), **A),
        item(period(10, 50, 40), period(5, 25, 20), **B),
    ) == {"start": 50, "mix": 15, "end": 65}


def test_volume_and_mix_of_each_product_add_up_to_those_of_all() -> None:
    # 20 pieces become 30, so each product alone would grow by half: a 40 -> 60, b 10 -> 15.
    # a has 20 pieces, 5 more than its 15: 5 x 4; b 10, 5 less than its 15: -5 x 1
    found = bridge(
        items(
            item(period(10, 100, 60), period(20, 200, 120), **A),
            item(period(10, 50, 40), period(10, 50, 40), **B),
        ),
        PROFILE,
        by=("product_id",),
    )
    assert found["volume"].tolist() == [20, 5]
    assert found["mix"].tolist() == [20, -5]


def test_units_of_measure_do_not_mix() -> None:
    # pieces 10 -> 20 at 4, kilograms 1000 -> 1000 at 0.1: no mix between them
    assert _effects(
        item(period(10, 100, 60), period(20, 200, 120), **A),
        item(period(1000, 300, 200), period(1000, 300, 200), **B, uom="kg"),
    ) == {"start": 140, "volume": 40, "end": 180}


def test_what_only_one_period_has_is_new_or_lost() -> None:
    assert _effects(
        item(NOTHING, period(10, 100, 60), **A),
        item(period(10, 50, 40), NOTHING, **B),
    ) == {"start": 10, "new": 40, "lost": -10, "end": 40}


def test_exchange_rates_stand_apart_from_the_price() -> None:
    # 10 pieces at 10 EUR, 7.0 CNY each; then 10 at 11 EUR, 7.5 CNY each.
    # price (11 - 10) x 7.0 x 10 = 70; fx (7.5 - 7.0) x 11 x 10 = 55
    assert _effects(
        item(
            period(10, 700, 500, local_amount=100),
            period(10, 825, 500, local_amount=110),
            currency="EUR",
        )
    ) == {"start": 200, "price": 70, "fx": 55, "end": 325, "price_list": 70}


def test_the_price_tells_list_price_discount_and_rebate_apart() -> None:
    # list 10 -> 11 a piece, discount 5 % -> 10 %, rebate 0 -> 2 %, 10 pieces:
    # list 10 x 1 x 95 % = 9.5; discount -5 % of 110 = -5.5; rebate -2 % of 110 = -2.2
    found = _effects(
        item(
            period(10, 95, 60, list_amount=100, discount_amount=5),
            period(10, 96.8, 60, list_amount=110, discount_amount=11, rebate_amount=2.2),
        )
    )
    assert found == {
        "start": 35, "price": 1.8, "end": 36.8,
        "price_list": 9.5, "price_discount": -5.5, "price_rebate": -2.2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("base", "now"),
    [
        (period(None, 100, 60), period(10, 120, 60)),
        (period(10, 100, 60), period(0, 120, 60)),
        (period(-10, 100, 60), period(10, 120, 60)),
    ],
    ids=["no quantity", "a quantity that nets to nothing", "no base quantity in the unit"],
)
def test_what_cannot_be_taken_apart_is_other(base: dict, now: dict) -> None:
    counted = item(period(5, 50, 40), period(5, 50, 40), uom="kg")
    assert _effects(item(base, now), counted) == {"start": 50, "other": 20, "end": 70}


def test_a_credit_note_within_a_unit_counts_with_its_sign() -> None:
    # b is a return of 2 at 4 margin; pieces 10 - 2 = 8 become 16 - 2 = 14: all x 1.75
    # a: volume 40 x 0.75 = 30, mix (16 - 17.5) x 4 = -6; b: volume -6, mix (-2 + 3.5) x 4 = 6
    found = bridge(
        items(
            item(period(10, 100, 60), period(16, 160, 96), **A),
            item(period(-2, -20, -12), period(-2, -20, -12), **B),
        ),
        PROFILE,
        by=("product_id",),
    )
    assert found["volume"].tolist() == [30, -6]
    assert found["mix"].tolist() == [-6, 6]


def test_without_quantities_volume_is_counted_at_list_prices() -> None:
    # list 100 -> 200 at 10 %, then 20 % discount; cost 60 % of list, then 65 %.
    # volume doubles the margin of 30; price -10 % of 200; cost -5 % of 200
    found = items(
        item(
            period(None, 90, 60, list_amount=100, discount_amount=10),
            period(None, 160, 130, list_amount=200, discount_amount=40),
        )
    )
    assert measured_by(found) == "list_amount"
    row = bridge(found, PROFILE).loc[0]
    assert [row[name] for name in ("start", "volume", "price", "cost", "end")] == [
        30, 30, -20, -10, 30,
    ]  # fmt: skip


def test_with_nothing_but_revenue_volume_is_revenue_and_the_rate_stands_under_cost() -> None:
    # revenue 100 -> 150 EUR at a cost of 60 %, then 70 %; the euro 7.0 -> 8.0 CNY:
    # volume 280 x 0.5; fx 1 x 150; cost 840 - 420 x 1.5
    found = items(
        item(
            period(None, 700, 420, local_amount=100),
            period(None, 1200, 840, local_amount=150),
            currency="EUR",
        )
    )
    assert measured_by(found) == "net_revenue_amount"
    row = bridge(found, PROFILE).loc[0]
    assert [row[name] for name in ("start", "volume", "fx", "price", "cost", "end")] == [
        280, 140, 150, 0, -210, 360,
    ]  # fmt: skip


def test_a_company_without_costs_gets_the_bridge_of_its_revenue() -> None:
    assert _effects(item(period(10, 100), period(15, 180))) == {
        "start": 100, "price": 30, "volume": 50, "end": 180, "price_list": 30,
    }  # fmt: skip


def test_no_items_are_a_bridge_of_zeros_and_no_groups() -> None:
    assert not bridge(items(), PROFILE).any(axis=None)
    assert bridge(items(), PROFILE, by=("product_id",)).empty


def test_amounts_beyond_64_bits_close_as_well() -> None:
    row = bridge_micros(
        items(item(period(1, 3e14, 1e14), period(3, 8e14, 5e14), currency="VND")), PROFILE
    ).loc[0]
    assert row["start"] == 2 * 10**20
    assert row["end"] - row["start"] == sum(row[name] for name in EFFECTS)


@given(random_items())
@settings(max_examples=60, deadline=None)
def test_it_closes_exactly_at_every_level_and_groups_add_up(frame: pd.DataFrame) -> None:
    whole = bridge_micros(frame, PROFILE, "cm2").loc[0]
    start, end = (
        sum(round(value * 10**6) for value in frame[f"net_revenue_amount_{one}"])
        - sum(round(value * 10**6) for value in frame[f"material_amount_{one}"])
        - sum(round(value * 10**6) for value in frame[f"freight_amount_{one}"])
        for one in (0, 1)
    )
    assert (whole["start"], whole["end"]) == (start, end)
    for by in ((), ("customer_id",), ("currency", "product_id"), ("uom",)):
        found = bridge_micros(frame, PROFILE, "cm2", by)
        for _, row in found.iterrows():
            assert int(row["start"]) + sum(int(row[name]) for name in EFFECTS) == int(row["end"])
            assert sum(int(row[name]) for name in PRICE_PARTS) == int(row["price"])
        for name in COLUMNS:
            assert sum(int(one) for one in found[name]) == whole[name]


@given(random_items())
@settings(max_examples=60, deadline=None)
def test_no_number_is_ever_missing_or_infinite(frame: pd.DataFrame) -> None:
    for level in ("cm1", "cm3"):
        found = bridge(frame, PROFILE, level, ("product_id",))
        assert np.isfinite(found[list(COLUMNS)].to_numpy()).all()


@given(random_items())
@settings(max_examples=60, deadline=None)
def test_what_stays_equals_the_formulas_of_the_books(frame: pd.DataFrame) -> None:
    """Item by item in plain Python, without exchange rates: (p1 - p0) q1 and so on."""
    frame = frame.assign(local_amount_0=np.nan, local_amount_1=np.nan)
    expected = dict.fromkeys(("price", "volume", "mix", "cost"), 0.0)
    stays = [row for _, row in frame.iterrows() if _stays(row)]
    if not frame[["qty_0", "qty_1"]].fillna(0).any(axis=None):
        return  # then volume is counted in something else
    size = 1.0
    for uom in {row["uom"] for row in stays}:
        alike = [row for row in stays if row["uom"] == uom]
        total0, total1 = (sum(row[f"qty_{one}"] for row in alike) for one in (0, 1))
        if total0 < 1e-6:
            continue
        for row in alike:
            q0, q1 = row["qty_0"], row["qty_1"]
            p0, p1 = row["net_revenue_amount_0"] / q0, row["net_revenue_amount_1"] / q1
            c0, c1 = row["material_amount_0"] / q0, row["material_amount_1"] / q1
            expected["price"] += (p1 - p0) * q1
            expected["cost"] -= (c1 - c0) * q1
            expected["volume"] += q0 * (total1 / total0 - 1) * (p0 - c0)
            expected["mix"] += (q1 - q0 * total1 / total0) * (p0 - c0)
            size += (1 + abs(q1 / q0) + abs(total1 / total0)) * (abs(p0) + abs(c0)) * abs(q0)
    found = bridge(frame, PROFILE, "cm1").loc[0]
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, abs=1e-4 + 1e-9 * size)


def _stays(row: pd.Series) -> bool:
    has_lines = row["line_count_0"] > 0 and row["line_count_1"] > 0
    return has_lines and abs(row["qty_0"]) >= 1e-6 and abs(row["qty_1"]) >= 1e-6


def test_two_hundred_thousand_items_take_well_under_a_second() -> None:
    chance = np.random.default_rng(7)
    count = 200_000
    frame = items(item(period(1, 1), period(1, 1))).loc[np.zeros(count, dtype=int)]
    frame = frame.reset_index(drop=True).assign(
        customer_id=chance.integers(0, 20_000, count).astype(str),
        **{f"qty_{one}": chance.integers(1, 90, count) for one in (0, 1)},
        **{f"net_revenue_amount_{one}": chance.lognormal(5, 2, count) for one in (0, 1)},
        **{f"material_amount_{one}": chance.lognormal(4, 2, count) for one in (0, 1)},
    )
    began = time.perf_counter()
    bridge(frame, PROFILE, "cm3", ("customer_id",))
    assert time.perf_counter() - began < 3  # 0.3 s alone; the machine may be busy
