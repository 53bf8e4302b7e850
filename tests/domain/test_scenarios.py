"""Options and clauses: the pump truck with and without its module, worked out by hand."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.options import Comparison, Quote, quote
from domain.scenarios import Terms
from errors import BadInput

Rows = list[dict[str, Any]]


def clause(scenario: str, name: str, kind: str = "option", **given: Any) -> dict[str, Any]:
    nothing = {"delta_price": 0.0, "delta_cost": 0.0, "delta_lead_days": 0.0}
    row = {"scenario_id": scenario, "clause_id": name, "clause_type": kind, "is_selected": True}
    return row | nothing | {"penalty_per_day": None} | given


def base(scenario: str, price: float, cost: float, days: float, fee: float = 0.0) -> dict[str, Any]:
    return clause(
        scenario, "base", "base",
        delta_price=price, delta_cost=cost, delta_lead_days=days, penalty_per_day=fee,
    )  # fmt: skip


def pump_truck() -> Rows:
    """2,400,000 for the truck at a cost of 1,920,000; the module adds 58,000 at 18,640, 11 days."""
    module = {"delta_price": 58_000.0, "delta_cost": 18_640.0, "delta_lead_days": 11.0}
    return [
        base("without", 2_400_000, 1_920_000, 60, 3_000),
        clause("without", "dispatch", is_selected=False, **module),
        base("with", 2_400_000, 1_920_000, 60, 3_000),
        clause("with", "dispatch", **module),
    ]


def compared(found: Quote, scenario: str) -> Comparison:
    return next(each for each in found.comparisons if each.scenario.scenario_id == scenario)


def test_the_smart_dispatch_module_is_told_in_money_and_points_and_days() -> None:
    module = compared(quote(pump_truck(), Terms()), "with")
    # 480,000 of 2,400,000 is 20 %; 519,360 of 2,458,000 is 21.1294 %
    assert module.margin_delta_amount == 39_360  # "+8.2 %" of 480,000
    assert module.rate_delta_points == pytest.approx(0.011294, abs=1e-6)  # and not 8.2 points
    assert module.days_delta == 11
    assert module.money_per_day == pytest.approx(3_578.181818)  # 39,360 / 11


def test_the_reference_is_the_scenario_with_the_fewest_clauses() -> None:
    found = quote(pump_truck(), Terms(win_probability=0.4))
    same = compared(found, "without")
    assert found.reference_id == "without"
    assert (same.margin_delta_amount, same.rate_delta_points, same.days_delta) == (0, 0, 0)
    assert (same.no_money_per_day, same.no_break_even) == ("is_reference", "is_reference")


def test_another_reference_turns_the_signs_round() -> None:
    found = compared(quote(pump_truck(), Terms(), reference_id="with"), "without")
    assert (found.margin_delta_amount, found.days_delta) == (-39_360, -11)
    assert (found.money_per_day, found.no_money_per_day) == (None, "earlier")


def test_the_break_even_win_probability_weighs_margin_against_delay() -> None:
    # p1 = (0.40 x 480,000 + 2,000 x 11) / 519,360 = 214,000 / 519,360
    dear = compared(quote(pump_truck(), Terms(0.4, loss_per_day=2_000)), "with")
    assert dear.break_even_probability == pytest.approx(0.412046, abs=1e-6)
    # without a loss a day: 192,000 / 519,360
    free = compared(quote(pump_truck(), Terms(0.4)), "with")
    assert free.break_even_probability == pytest.approx(0.369686, abs=1e-6)


def test_no_certain_win_makes_up_for_too_dear_a_delay() -> None:
    # (192,000 + 30,000 x 11) / 519,360 is more than 1
    found = compared(quote(pump_truck(), Terms(0.4, loss_per_day=30_000)), "with")
    assert (found.break_even_probability, found.no_break_even) == (None, "never")


def test_without_a_win_probability_or_a_margin_there_is_no_break_even() -> None:
    assert compared(quote(pump_truck(), Terms()), "with").no_break_even == "no_win_probability"
    rows = [base("a", 100, 60, 10), base("b", 100, 100, 10), clause("b", "gift")]
    found = compared(quote(rows, Terms(0.5)), "b")
    assert (found.break_even_probability, found.no_break_even) == (None, "no_margin")


def test_an_earlier_delivery_that_saves_more_than_is_earned_pays_even_if_never_won() -> None:
    rows = [base("a", 100, 60, 20), base("b", 100, 65, 10), clause("b", "fast")]
    # (0.5 x 40 - 10 x 5) / 35 is below 0
    found = compared(quote(rows, Terms(0.5, loss_per_day=5)), "b")
    assert found.break_even_probability == 0


def test_days_over_the_promise_cost_the_agreed_penalty() -> None:
    found = quote(pump_truck(), Terms(promised_days=65))
    late = compared(found, "with").scenario
    assert (late.late_days, late.penalty_amount) == (6, 18_000)  # 71 - 65, 6 x 3,000
    assert (late.margin_amount, late.margin_after_penalty_amount) == (519_360, 501_360)
    assert compared(found, "with").margin_delta_amount == 21_360
    assert compared(found, "without").scenario.penalty_amount == 0


def test_without_a_promise_no_penalty_falls_due() -> None:
    late = compared(quote(pump_truck(), Terms()), "with").scenario
    assert (late.penalty_per_day, late.late_days, late.penalty_amount) == (3_000, 0, 0)


def test_a_rate_below_the_floor_is_marked_and_one_on_it_is_not() -> None:
    found = quote(pump_truck(), Terms(floor_rate=0.205))
    assert compared(found, "without").scenario.is_below_floor
    assert not compared(found, "with").scenario.is_below_floor
    assert not compared(
        quote(pump_truck(), Terms(floor_rate=0.2)), "without"
    ).scenario.is_below_floor


def test_cents_do_not_blur_a_margin_or_a_floor() -> None:
    # 0.1 + 0.2 of price less 0.246 of cost is 0.054, 18 % to the last digit
    rows = [base("a", 0.1, 0.246, 5), clause("a", "more", delta_price=0.2), base("b", 0.3, 0.2, 5)]
    found = quote(rows, Terms(floor_rate=0.18))
    assert compared(found, "a").scenario.margin_amount == 0.054
    assert not compared(found, "a").scenario.is_below_floor
    assert compared(found, "a").margin_delta_amount == -0.046


def test_the_front_leaves_out_what_earns_less_and_comes_later() -> None:
    rows = [base("a", 100, 60, 10), base("b", 100, 50, 20), base("c", 100, 55, 25)]
    rows.append(base("d", 100, 60, 10))  # the same as a
    rows.append(base("e", 100, 50, 21))  # what b earns, a day later
    front = {each.scenario.scenario_id: each.scenario.is_on_front for each in
             quote(rows, Terms()).comparisons}  # fmt: skip
    assert front == {"a": True, "b": True, "c": False, "d": True, "e": False}


def test_clauses_can_be_chosen_freely() -> None:
    found = quote(pump_truck(), Terms(), reference_id="with", selections={"without": ["dispatch"]})
    assert compared(found, "without").margin_delta_amount == 0
    assert compared(found, "without").scenario.clause_ids == ("dispatch",)


def test_a_scenario_that_cannot_be_read_is_told_and_the_others_stay() -> None:
    rows = [*pump_truck(), clause("lost", "dispatch"), base("half", 1, 1, float("nan"))]
    rows += [base("twice", 1, 1, 1), base("twice", 2, 1, 1)]
    found = quote(rows, Terms())
    assert found.broken == {"half": "base_incomplete", "lost": "no_base", "twice": "several_bases"}
    assert len(found.comparisons) == 2


def test_a_quote_without_a_readable_scenario_is_refused() -> None:
    with pytest.raises(BadInput, match="No scenario"):
        quote([], Terms())


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"reference_id": "gone"}, "no scenario gone"),
        ({"selections": {"gone": []}}, "no scenario gone"),
        ({"selections": {"with": ["gone"]}}, "no clause gone"),
    ],
)
def test_what_is_not_in_the_quote_is_refused(more: dict[str, Any], what: str) -> None:
    with pytest.raises(BadInput, match=what):
        quote(pump_truck(), Terms(), **more)


@pytest.mark.parametrize(
    "given", [{"win_probability": 1.1}, {"loss_per_day": -1}, {"promised_days": float("nan")}]
)
def test_terms_out_of_range_are_refused(given: dict[str, float]) -> None:
    with pytest.raises(BadInput, match="out of range"):
        Terms(**given)


def test_a_quote_for_nothing_has_no_rate_and_breaks_every_floor() -> None:
    rows = [base("a", 0, 10, 5), base("b", 100, 60, 5), clause("b", "more")]
    found = quote(rows, Terms(floor_rate=0.1))
    assert compared(found, "a").scenario.rate is None
    assert compared(found, "a").scenario.is_below_floor
    assert compared(found, "b").rate_delta_points is None
    assert compared(found, "b").no_money_per_day == "same_day"


amounts = st.floats(0, 1e7)


@settings(deadline=None)
@given(st.lists(st.tuples(amounts, amounts, st.floats(0, 400)), min_size=1, max_size=8))
def test_whoever_is_off_the_front_is_beaten_by_somebody_on_it(
    given: list[tuple[float, float, float]],
) -> None:
    rows = [base(str(number), *each) for number, each in enumerate(given)]
    found = [each.scenario for each in quote(rows, Terms()).comparisons]
    front = [each for each in found if each.is_on_front]
    assert front
    for one in found:
        if not one.is_on_front:
            assert any(
                each.margin_after_penalty_amount >= one.margin_after_penalty_amount
                and each.lead_days <= one.lead_days
                for each in front
            )
