"""Causes: the planted cell is found, named by its reason, and no money stands in two."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings

from domain.causes import DIMENSIONS, Cause, causes
from tests.domain.margin_items import NOTHING, PROFILE, item, items, period, random_items
from tests.domain.planted import Planted, planted

_UNSEEN = range(1000, 1050)  # seeds that were not used while building
_QUANTITY = {"volume", "mix", "new", "lost"}


@pytest.fixture(scope="module")
def unseen() -> list[tuple[Planted, list[Cause]]]:
    companies = [planted(seed) for seed in _UNSEEN]
    return [(one, causes(one.leaves, PROFILE, "cm2")) for one in companies]


def _place(company: Planted, found: list[Cause]) -> int | None:
    return next((at for at, one in enumerate(found) if one.cell == company.cell), None)


def _has_reason(company: Planted, cause: Cause) -> bool:
    return cause.reason == company.kind or {cause.reason, company.kind} <= _QUANTITY


def test_the_planted_cell_is_among_the_first_three(
    unseen: list[tuple[Planted, list[Cause]]],
) -> None:
    places = [_place(company, found) for company, found in unseen]
    assert sum(place in (0, 1, 2) for place in places) >= 45


def test_the_planted_cell_is_named_by_its_reason(
    unseen: list[tuple[Planted, list[Cause]]],
) -> None:
    named = [
        _has_reason(company, found[place])
        for company, found in unseen
        if (place := _place(company, found)) is not None
    ]
    assert sum(named) >= 45


def test_no_leaf_stands_in_two_causes(unseen: list[tuple[Planted, list[Cause]]]) -> None:
    for company, found in unseen:
        taken = np.zeros(len(company.leaves), dtype=int)
        for cause in found:
            is_in = np.logical_and.reduce(
                [company.leaves[name] == member for name, member in cause.cell.items()]
            )
            is_new = is_in & (taken == 0)
            assert is_new.sum() == cause.leaf_count
            taken += is_new
        assert taken.max() == 1


def test_a_company_that_churns_and_whose_prices_all_rise_is_read_nearly_as_well() -> None:
    companies = [
        planted(seed, churn=0.25, loyalty=0.5, inflation=0.05) for seed in range(1000, 1020)
    ]
    found = [_place(one, causes(one.leaves, PROFILE, "cm2", most=3)) for one in companies]
    assert sum(place is not None for place in found) >= 15


def _company(changed: dict[str, Any], chosen: dict[str, str], base: dict | None = None) -> list:
    """6 x 4 x 2 leaves that stay as they are: 10 pieces, list 110, net 100, material 60, freight 5.

    What `chosen` names becomes `changed` in the period.
    """
    steady = base or period(
        10, 100, 60, list_amount=110.0, discount_amount=10.0, freight_amount=5.0
    )
    rows = []
    for number in range(48):
        members = {
            "customer": f"c{number % 6}",
            "product": f"p{number // 6 % 4}",
            "channel": f"h{number // 24}",
            "rep": f"r{number % 3}",
        }
        is_chosen = all(members[name] == member for name, member in chosen.items())
        rows.append(item(steady, changed if is_chosen else steady) | members)
    columns = [*DIMENSIONS, *items().columns]
    return causes(pd.DataFrame(rows, columns=columns), PROFILE, "cm2")


def test_a_discount_is_told_with_its_shares_before_and_now() -> None:
    # 2 leaves: discount 10 of 110 becomes 21 of 110; each loses 11 of margin
    now = period(10, 89, 60, list_amount=110.0, discount_amount=21.0, freight_amount=5.0)
    (cause,) = _company(now, {"customer": "c1", "product": "p2"})
    assert (cause.cell, cause.reason) == ({"customer": "c1", "product": "p2"}, "discount")
    assert cause.amount == pytest.approx(-22)
    assert cause.facts["discount_share_0"] == pytest.approx(10 / 110)
    assert cause.facts["discount_share_1"] == pytest.approx(21 / 110)
    assert cause.facts["rise_share"] == pytest.approx(0.1)
    # revenue 4800 -> 4778, margin rate before 35 %: (-22 - 0.35 x -22)/4778
    assert cause.points == pytest.approx(-22 * 0.65 / 4778)


def test_a_cost_type_is_told_with_its_cost_a_unit() -> None:
    # freight 5 -> 10 of 8 leaves
    now = period(10, 100, 60, list_amount=110.0, discount_amount=10.0, freight_amount=10.0)
    (cause,) = _company(now, {"customer": "c1"})
    assert (cause.cell, cause.reason, cause.facts["cost_type"]) == (
        {"customer": "c1"}, "freight", "freight",
    )  # fmt: skip
    assert cause.amount == pytest.approx(-40)
    assert (cause.facts["unit_cost_0"], cause.facts["unit_cost_1"]) == (0.5, 1)
    assert cause.facts["rise_share"] == pytest.approx(1)
    assert cause.points == pytest.approx(-40 / 4800)


def test_a_list_price_is_told_apart_from_a_discount() -> None:
    # list 110 -> 99 at the same share of discount: net 100 -> 90
    now = period(10, 90, 60, list_amount=99.0, discount_amount=9.0, freight_amount=5.0)
    (cause,) = _company(now, {"channel": "h1", "product": "p3"})
    assert (cause.reason, cause.cell) == ("price", {"product": "p3", "channel": "h1"})
    assert cause.amount == pytest.approx(-60)
    assert cause.facts["rise_share"] == pytest.approx(-0.1)


def test_a_quantity_is_told_with_its_share_of_revenue() -> None:
    # 20 pieces instead of 10: 35 of margin more in each of 12 leaves. At the margin that all have
    # the rate stays what it is
    now = period(20, 200, 120, list_amount=220.0, discount_amount=20.0, freight_amount=10.0)
    (cause,) = _company(now, {"product": "p0"})
    assert (cause.reason, cause.amount) == ("volume", pytest.approx(420))
    assert cause.points == pytest.approx(0)
    assert (cause.facts["share_0"], cause.facts["share_1"]) == (0.25, 0.4)
    assert (cause.facts["qty_0"], cause.facts["qty_1"]) == (120, 240)


@pytest.mark.parametrize(("reason", "amount"), [("lost", -280), ("new", 280)])
def test_a_customer_of_one_period_is_new_or_lost(reason: str, amount: float) -> None:
    (cause,) = _one_period(reason)
    assert (cause.cell, cause.reason) == ({"customer": "c1"}, reason)
    assert cause.amount == pytest.approx(amount)  # 8 leaves of 35


def _one_period(reason: str) -> list[Cause]:
    steady = period(10, 100, 60, freight_amount=5.0)
    base, now = (NOTHING, steady) if reason == "new" else (steady, NOTHING)
    rows = [
        (item(base, now) if number % 6 == 1 else item(steady, steady))
        | {
            "customer": f"c{number % 6}",
            "product": f"p{number // 6 % 4}",
            "channel": "h",
            "rep": "r",
        }
        for number in range(48)
    ]
    return causes(pd.DataFrame(rows), PROFILE, "cm2")


def test_an_exchange_rate_is_no_price() -> None:
    # 100 EUR at 1.0, then at 0.9
    now = period(
        10, 90, 60, list_amount=99.0, discount_amount=9.0, freight_amount=5.0, local_amount=100.0
    )
    (cause,) = _company(now, {"channel": "h1", "customer": "c2"})
    assert (cause.reason, cause.amount) == ("fx", pytest.approx(-40))


def test_what_all_do_alike_is_nobodys_cause() -> None:
    now = period(12, 132, 79, list_amount=145.0, discount_amount=13.0, freight_amount=7.0)
    assert _company(now, {}) == []


def test_nothing_has_no_cause() -> None:
    assert causes(pd.DataFrame(), PROFILE) == []


@settings(max_examples=60, deadline=None, phases=[Phase.generate])
@given(random_items())
def test_no_number_is_missing_or_infinite_and_cells_are_apart(frame: pd.DataFrame) -> None:
    leaves = frame.assign(
        customer=frame["customer_id"],
        product=frame["product_id"],
        channel=frame["currency"],
        rep=frame["uom"],
    )
    found = causes(leaves, PROFILE, "cm2")
    assert sum(cause.leaf_count for cause in found) <= len(leaves)
    for cause in found:
        numbers = [cause.amount, cause.points, *cause.facts.values()]
        assert np.isfinite([one for one in numbers if isinstance(one, float)]).all()
