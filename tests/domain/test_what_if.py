"""What-if: before and after, worked out by hand; nothing changes what is not named."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.change import Change, from_content, to_content
from domain.exact import micro
from domain.profile import COST_TYPES
from domain.what_if import MEASURED, summed_by, what_if
from errors import BadInput
from tests.domain.unit_frames import PROFILE, measures

# list 1000, discount 100, rebate 50: net 850; costs 500 and 200: margin 150
LINE = measures(
    "a", 850.0, qty=10.0, list_amount=1000.0, discount_amount=100.0, rebate_amount=50.0,
    material_amount=500.0, labor_amount=200.0, allocated_amount=30.0,
)  # fmt: skip


def tried(change: Change, *rows: dict[str, Any]) -> dict[str, Any]:
    outcome = what_if(pd.DataFrame(rows or [LINE]), PROFILE, change)
    return dict(summed_by(outcome).to_dict("records")[0])


def test_nothing_changed_changes_nothing() -> None:
    found = tried(Change())
    assert Change().is_nothing
    assert (found["margin_amount_0"], found["margin_amount_1"]) == (150, 150)
    assert all(found[f"{name}_0"] == found[f"{name}_1"] for name in MEASURED)


def test_two_per_cent_on_prices_moves_list_discount_and_net_but_no_volume_and_no_cost() -> None:
    found = tried(Change(price_pct=0.02))
    assert (found["list_amount_1"], found["discount_amount_1"]) == (1020, 102)
    assert (found["net_revenue_amount_1"], found["qty_1"]) == (867, 10)
    assert (found["material_amount_1"], found["margin_amount_1"]) == (500, 167)  # 150 + 17
    assert found["margin_rate_1"] == pytest.approx(167 / 867)


def test_a_point_of_discount_is_a_point_of_list_price() -> None:
    found = tried(Change(discount_points=0.01))
    assert (found["discount_amount_1"], found["net_revenue_amount_1"]) == (110, 840)
    assert found["margin_amount_1"] == 140


def test_the_discount_is_taken_from_the_new_price() -> None:
    # list 1100, net 935, less 0.02 x 1100
    assert tried(Change(price_pct=0.1, discount_points=0.02))["net_revenue_amount_1"] == 913


def test_a_cost_type_moves_alone() -> None:
    found = tried(Change(cost_pct={"material": 0.1, "freight": 1.0}))
    assert (found["material_amount_1"], found["labor_amount_1"]) == (550, 200)
    assert found["margin_amount_1"] == 100


def test_an_elasticity_moves_volume_and_what_follows_it_but_no_allocated_cost() -> None:
    found = tried(Change(price_pct=0.25, price_elasticity=-1.0))
    # net price x 1.25, volume / 1.25: revenue stays, costs of lines fall to 0.8 of 700
    assert (found["qty_1"], found["net_revenue_amount_1"]) == (8, 850)
    assert (found["margin_amount_1"], found["allocated_amount_1"]) == (290, 30)


def test_volume_of_a_credit_note_is_held_whatever_the_elasticity() -> None:
    note = measures("a", -85.0, qty=-1.0, list_amount=-85.0)
    assert tried(Change(price_pct=0.1, price_elasticity=-2.0), note)["qty_1"] == -1


def test_a_volume_that_would_explode_is_refused() -> None:
    with pytest.raises(BadInput, match="100-fold"):
        tried(Change(price_pct=-0.9, price_elasticity=-10.0))


ROWS = (
    measures("a", 600.0, qty=6.0, material_amount=300.0),  # rate 50 %
    measures("b", 400.0, qty=4.0, material_amount=360.0),  # rate 10 %
    measures("c", 100.0, qty=1.0, material_amount=90.0),
)


def test_a_mix_moves_volume_between_the_members_named_and_keeps_their_revenue() -> None:
    change = Change(mix={"a": 0.8, "b": 0.2}, mix_by="profit_unit")
    outcome = what_if(pd.DataFrame(ROWS), PROFILE, change)
    assert list(outcome["net_revenue_amount_1"]) == [800, 200, 100]  # of 1000; c stays
    assert list(outcome["qty_1"]) == [8, 2, 1]
    found = tried(change, *ROWS)
    assert (found["margin_amount_0"], found["margin_amount_1"]) == (350, 430)  # 400 + 20 + 10
    assert (found["net_revenue_amount_0"], found["net_revenue_amount_1"]) == (1100, 1100)


def test_a_member_without_revenue_can_leave_the_mix_but_not_enter_it() -> None:
    rows = (ROWS[0], measures("d", 0.0, material_amount=5.0))
    gone = Change(mix={"a": 1.0, "d": 0.0}, mix_by="profit_unit")
    assert tried(gone, *rows)["material_amount_1"] == 300
    with pytest.raises(BadInput, match="d has no revenue"):
        tried(Change(mix={"a": 0.5, "d": 0.5}, mix_by="profit_unit"), *rows)
    with pytest.raises(BadInput, match="gone has no revenue"):
        tried(Change(mix={"a": 0.5, "gone": 0.5}, mix_by="profit_unit"), *rows)


def test_a_mix_of_a_dimension_that_is_not_there_is_refused() -> None:
    with pytest.raises(BadInput, match="not told apart by channel"):
        tried(Change(mix={"x": 1.0}, mix_by="channel"))


def test_points_of_a_list_price_that_is_not_there_are_refused() -> None:
    with pytest.raises(BadInput, match="no list prices"):
        tried(Change(discount_points=0.01), measures("a", 850.0))


@pytest.mark.parametrize("points", [0.86, -0.11])  # net 850 and discount 100 of 1000
def test_a_discount_beyond_the_price_or_below_nothing_is_refused(points: float) -> None:
    with pytest.raises(BadInput, match="discount would be"):
        tried(Change(discount_points=points))


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"price_pct": 1.5}, "price is out of range"),
        ({"price_pct": float("nan")}, "price is out of range"),
        ({"discount_points": -2}, "discount is out of range"),
        ({"cost_pct": {"material": -1.1}}, "cost of material is out of range"),
        ({"cost_pct": {"beer": 0.1}}, "no cost type beer"),
        ({"price_elasticity": 0.5}, "elasticity is out of range"),
        ({"mix": {"a": 0.5, "b": 0.4}, "mix_by": "product"}, "add up to 90.0%"),
        ({"mix": {"a": 1.5, "b": -0.5}, "mix_by": "product"}, "share of a is out of range"),
        ({"mix": {"a": 1.0}}, "does not say of what"),
    ],
)
def test_a_change_out_of_range_is_refused(given: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        Change(**given)


def test_the_rest_of_a_row_stays_and_a_rate_of_nothing_is_none() -> None:
    outcome = what_if(pd.DataFrame([measures("a", 0.0)]), PROFILE, Change(price_pct=0.1))
    assert outcome.loc[0, "profit_unit"] == "a"
    assert outcome["margin_rate_1"].tolist() == [None]


def test_a_margin_is_revenue_less_cost_to_the_last_millionth() -> None:
    change = Change(price_pct=0.00004, cost_pct={"material": -0.00004})
    found = tried(change, measures("a", 0.01, material_amount=0.01))
    # 10,000.4 and 9,999.6 millionths: 10,000 each, and a margin of 0, not of 1
    assert (found["net_revenue_amount_1"], found["material_amount_1"]) == (0.01, 0.01)
    assert found["margin_amount_1"] == 0


def test_parts_add_up_to_the_whole() -> None:
    outcome = what_if(pd.DataFrame(ROWS), PROFILE, Change(price_pct=0.013))
    units, whole = summed_by(outcome, ["profit_unit"]), summed_by(outcome)
    assert list(units["profit_unit"]) == ["a", "b", "c"]
    parts = sum(micro(each) for each in units["margin_amount_1"])
    assert parts == micro(whole.loc[0, "margin_amount_1"])


shares = st.floats(-1, 1)
changes = st.builds(
    Change,
    price_pct=st.floats(-0.9, 1),
    discount_points=shares,
    cost_pct=st.dictionaries(st.sampled_from(COST_TYPES), st.floats(-1, 10)),
    price_elasticity=st.floats(-10, 0),
)
money = st.floats(-1e8, 1e8)
lines = st.builds(
    lambda revenue, listed, material: measures(
        "a", revenue, list_amount=listed, material_amount=material
    ),
    money,
    money,
    money,
)


@settings(deadline=None)
@given(changes, st.lists(lines, min_size=1, max_size=4))
def test_any_change_of_any_rows_is_refused_or_gives_numbers(
    change: Change, rows: list[dict[str, Any]]
) -> None:
    try:
        outcome = what_if(pd.DataFrame(rows), PROFILE, change)
    except BadInput:
        return
    numbers = outcome.drop(columns=["profit_unit", "margin_rate_0", "margin_rate_1"])
    assert (numbers.abs() < float("inf")).all(axis=None)
    rates = [*outcome["margin_rate_0"], *outcome["margin_rate_1"]]
    assert all(rate is None or abs(rate) < float("inf") for rate in rates)


@settings(deadline=None)
@given(changes)
def test_a_change_comes_back_from_its_content(change: Change) -> None:
    assert from_content(to_content(change)) == change


@pytest.mark.parametrize(
    "more", [{"price_pct": "2"}, {"price_pct": True}, {"mix": []}, {"mix_by": 1}, {"more": 1}]
)
def test_content_that_is_no_change_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="incomplete"):
        from_content(to_content(Change()) | more)
    with pytest.raises(BadInput, match="incomplete"):
        from_content(None)
