"""Bonus: every step worked out by hand, and what a what-if does to it by cause."""

from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.bonus import BonusRules, bonus, bonus_change
from domain.curve import Curve
from errors import BadInput

CURVE = Curve(((0.8, 0.0), (1.0, 1.0), (1.2, 1.6)), 1.5)
RULES = BonusRules("margin", 0.05, CURVE, "margin", CURVE)


def account(revenue: float, margin: float, **given: Any) -> dict[str, Any]:
    """A unit with a target rate of 40 % and a target margin of 400."""
    row: dict[str, Any] = {
        "net_revenue_amount": revenue, "margin_amount": margin,
        "margin_rate": margin / revenue if revenue > 0 else None,
        "target_rate": 0.40, "margin_target_amount": 400.0, "revenue_target_amount": 1000.0,
    }  # fmt: skip
    return row | given


def test_on_target_the_whole_pool_is_paid() -> None:
    found = bonus(account(1000, 400), RULES)
    assert (found.pool_base_amount, found.pool_amount) == (400, 20)  # 5 % of 400
    assert (found.rate.attained, found.rate.score, found.rate.amount) == (1, 1, 12)  # 0.6 x 20
    assert (found.other.attained, found.other.amount) == (1, 8)
    assert found.bonus_amount == 20


def test_every_step_can_be_followed() -> None:
    found = bonus(account(1000, 360), RULES)
    # pool 18; rate .36/.40 = .9, score .5: 18 x .6 x .5 = 5.4; margin 360/400 the same: 3.6
    assert found.pool_amount == 18
    assert (found.rate.actual, found.rate.target) == (0.36, 0.40)
    assert found.rate.attained == pytest.approx(0.9)
    assert found.rate.score == pytest.approx(0.5)
    assert found.rate.amount == pytest.approx(5.4)
    assert found.other.amount == pytest.approx(3.6)
    assert found.bonus_amount == pytest.approx(9.0)


def test_the_cap_holds_and_the_score_without_it_stays_visible() -> None:
    found = bonus(account(1000, 600), RULES)  # 1.5 times the target
    assert (found.rate.uncapped, found.rate.score) == (1.6, 1.5)
    assert found.bonus_amount == 45  # 30 x 1.5


def test_below_the_first_point_and_with_a_loss_nothing_is_paid() -> None:
    assert bonus(account(1000, 300), RULES).bonus_amount == 0
    loss = bonus(account(1000, -50), RULES)
    assert (loss.pool_base_amount, loss.pool_amount, loss.bonus_amount) == (-50, 0, 0)


def test_a_unit_may_have_its_own_weight() -> None:
    found = bonus(account(2000, 600), RULES, 0.25)  # rate .30: score 0; margin 1.5: 1.5
    assert (found.rate.amount, found.other.amount) == (0, 33.75)  # 30 x 0.75 x 1.5
    assert bonus(account(1000, 400), RULES, float("nan")).rate.weight == 0.60
    with pytest.raises(BadInput, match="weight is out of range"):
        bonus(account(1000, 400), RULES, 1.2)


@pytest.mark.parametrize(
    ("given", "part", "reason"),
    [
        ({"target_rate": None}, "rate", "no_target"),
        ({"target_rate": float("nan")}, "rate", "no_target"),
        ({"target_rate": 0.0}, "rate", "target_not_positive"),
        ({"margin_rate": None}, "rate", "no_actual"),
        ({"margin_target_amount": None}, "other", "no_target"),
        ({"margin_target_amount": -5.0}, "other", "target_not_positive"),
    ],
)
def test_without_a_target_or_a_rate_there_is_no_bonus_and_the_reason_is_given(
    given: dict[str, Any], part: str, reason: str
) -> None:
    found = bonus(account(1000, 400, **given), RULES)
    score = getattr(found, part)
    assert (score.amount, score.missing, found.bonus_amount) == (None, reason, None)
    assert {found.rate.amount, found.other.amount} - {None}  # the other part is still shown


def test_a_pool_of_a_target_that_is_missing_is_no_pool() -> None:
    rules = BonusRules("margin_target", 0.05, CURVE, "revenue", CURVE)
    found = bonus(account(1000, 400, margin_target_amount=None), rules)
    assert (found.pool_amount, found.rate.missing, found.bonus_amount) == (None, "no_pool", None)
    assert bonus(account(1000, 400), rules).bonus_amount == 20


def test_a_part_without_weight_needs_no_target() -> None:
    assert bonus(account(1000, 400, margin_target_amount=None), RULES, 1.0).bonus_amount == 20


def test_a_change_is_told_by_cause() -> None:
    before, after = bonus(account(1000, 360), RULES), bonus(account(1000, 380), RULES)
    effects = {"rate": 0.03, "mix": -0.01, "new": 0.0, "lost": 0.0}  # .36 to .38
    found = bonus_change(before, after, effects, RULES)
    # rate score .5 to .75 at the old pool of 18: 18 x .6 x .25 = 2.7, as 3 : -1
    assert found.parts is not None
    assert found.parts["rate"] == pytest.approx(4.05)
    assert found.parts["mix"] == pytest.approx(-1.35)
    assert found.parts["other"] == pytest.approx(1.8)  # 18 x .4 x .25
    assert found.parts["pool"] == pytest.approx(0.75)  # 1 more at a score of .75
    assert found.amount == pytest.approx(5.25)  # 19 x .75 - 9


def test_causes_that_cancel_out_are_told_by_the_slope_where_the_rate_stands() -> None:
    before = bonus(account(1000, 360), RULES)
    found = bonus_change(before, before, {"rate": 0.02, "mix": -0.02}, RULES)
    # 18 x .6, slope 5, .02 / .40: 2.7
    assert found.parts is not None
    assert found.parts["rate"] == pytest.approx(2.7)
    assert found.parts["mix"] == pytest.approx(-2.7)
    assert found.amount == 0


def test_effects_that_do_not_add_up_are_a_defect() -> None:
    before, after = bonus(account(1000, 360), RULES), bonus(account(1000, 380), RULES)
    with pytest.raises(ValueError, match="add up"):
        bonus_change(before, after, {"rate": 0.03}, RULES)


def test_without_a_bonus_there_is_no_change_of_it() -> None:
    none = bonus(account(1000, 400, target_rate=pd.NA), RULES)
    found = bonus_change(none, none, {}, RULES)
    assert (found.amount, found.parts) == (None, None)


def test_a_slope_at_a_corner_is_the_one_to_its_right_and_none_at_the_cap() -> None:
    assert CURVE.slope(Fraction(1), Fraction(1)) == pytest.approx(3)  # 0.6 / 0.2
    assert CURVE.slope(Fraction(0), Fraction(0)) == 0
    assert CURVE.slope(Fraction(119, 100), Fraction(119, 100)) == 0  # 1.57 without the cap
    assert CURVE.slope(Fraction(2), Fraction(2)) == 0


@pytest.mark.parametrize(
    "points",
    [((0.8, 0.0),), ((1.0, 0.0), (1.0, 1.0)), ((0.8, 1.0), (1.0, 0.5)), ((0.0, -1.0), (1.0, 1.0))],
)
def test_a_curve_that_falls_or_stands_on_one_point_is_refused(
    points: tuple[tuple[float, float], ...],
) -> None:
    with pytest.raises(BadInput, match="two or more points"):
        Curve(points, 1.5)


@pytest.mark.parametrize(
    "given", [{"pool_share": 1.1}, {"margin_weight": float("nan")}, {"pool_of": "sales"}]
)
def test_rules_out_of_range_are_refused(given: dict[str, Any]) -> None:
    fine = {"pool_of": "margin", "pool_share": 0.05, "other": "margin"}
    with pytest.raises(BadInput):
        BonusRules(**(fine | {"rate_curve": CURVE, "other_curve": CURVE} | given))


money = st.floats(1, 1e9)
margins = st.floats(-1e9, 1e9)


@settings(deadline=None)
@given(money, margins, money, margins, st.floats(-1, 1), st.floats(0, 1))
def test_the_parts_of_a_change_add_up_to_it(
    revenue: float, margin: float, revenue_1: float, margin_1: float, mix: float, weight: float
) -> None:
    before = bonus(account(revenue, margin), RULES, weight)
    after = bonus(account(revenue_1, margin_1), RULES, weight)
    moved = (after.rate.actual or 0.0) - (before.rate.actual or 0.0)
    if abs(moved) > 1e3:  # rates like that are of no company; floats lose the sum
        return
    found = bonus_change(before, after, {"rate": moved - mix, "mix": mix}, RULES)
    assert found.parts is not None and found.amount is not None
    most = max(1.0, *(abs(part) for part in found.parts.values()))
    assert sum(found.parts.values()) == pytest.approx(found.amount, abs=1e-9 * most)
