"""Waterfalls: every move in its place, closing at each level."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.profile import MarginLevel, MarginProfile
from domain.waterfall import Step, waterfall

PROFILE = MarginProfile(
    "test",
    (MarginLevel("cm1", ("material",)), MarginLevel("cm2", ("material", "freight"))),
    "cm1",
)
_ROW = {
    "list_amount": 1000.0,
    "discount_amount": 90.0,
    "rebate_amount": 10.0,
    "net_revenue_amount": 900.0,
    "material_amount": 500.0,
    "freight_amount": 40.0,
}


def test_it_leads_from_list_price_to_the_margin_of_the_level() -> None:
    assert waterfall(_ROW, PROFILE, "cm2") == (
        Step("list_amount", 1000, "start"),
        Step("discount", -90, "minus"),
        Step("rebate", -10, "minus"),
        Step("net_revenue", 900, "subtotal"),
        Step("material", -500, "minus"),
        Step("freight", -40, "minus"),
        Step("cm2", 360, "end"),
    )


def test_the_headline_takes_off_only_its_own_costs() -> None:
    assert [step.id for step in waterfall(_ROW, PROFILE)][-2:] == ["material", "cm1"]


@pytest.mark.parametrize("listed", [0.0, None, float("nan")])
def test_without_list_prices_it_starts_at_net_revenue(listed: float | None) -> None:
    steps = waterfall({**_ROW, "list_amount": listed}, PROFILE)
    assert [step.id for step in steps] == ["net_revenue", "material", "cm1"]
    assert steps[0] == Step("net_revenue", 900, "start")


def test_unallocated_cost_is_a_bar_of_its_own_after_the_margin() -> None:
    assert waterfall(_ROW, PROFILE, unallocated=150.0)[-3:] == (
        Step("cm1", 400, "subtotal"),
        Step("unallocated", -150, "minus"),
        Step("margin_after_unallocated", 250, "end"),
    )


def test_a_cost_that_was_credited_adds() -> None:
    steps = waterfall({**_ROW, "freight_amount": -25.0}, PROFILE, "cm2")
    assert Step("freight", 25, "plus") in steps
    assert steps[-1].amount == 425


def test_what_list_price_less_discount_does_not_explain_is_shown() -> None:
    steps = waterfall({**_ROW, "net_revenue_amount": 880.0}, PROFILE)
    assert Step("other_reduction", -20, "minus") in steps


_AMOUNTS = st.floats(-1e9, 1e9).map(lambda value: round(value, 6))


@given(
    st.fixed_dictionaries(dict.fromkeys(_ROW, _AMOUNTS)),
    st.sampled_from(["cm1", "cm2"]),
    st.none() | _AMOUNTS,
)
def test_moves_lead_from_each_standing_bar_to_the_next(
    row: dict, level: str, unallocated: float | None
) -> None:
    at = 0
    for step in waterfall(row, PROFILE, level, unallocated):
        millionths = round(Fraction(step.amount) * 1_000_000)
        if step.kind in ("subtotal", "end"):
            assert millionths == at
        at = millionths if step.kind in ("start", "subtotal", "end") else at + millionths
