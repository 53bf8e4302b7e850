"""Micro profit units: accounts that close to the total, heads, targets, cost of no line."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.allocation import apportion
from domain.exact import micro
from domain.units import total_account, unit_accounts
from tests.domain.unit_frames import PROFILE, head, heads_frame, measures

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
FRAME = pd.DataFrame(
    [
        measures("a", 1000.0, material_amount=600.0, labor_amount=100.0, freight_amount=50.0),
        measures("b", 500.0, material_amount=400.0, estimated_amount=40.0),
        measures("", -100.0, material_amount=-20.0),
    ]
)
HEADS = heads_frame(head("a", "ann", 750), head("b", "ann", 250), head("b", "bob", 250))
SPREAD = pd.DataFrame(
    [
        {"cost_type": "freight", "profit_unit_id": None, "amount": 30.0},  # driven by revenue
        {"cost_type": "freight", "profit_unit_id": "b", "amount": 7.0},
        {"cost_type": "allocated", "profit_unit_id": None, "amount": 11.0},  # has no driver
        {"cost_type": "selling", "profit_unit_id": None, "amount": 99.0},  # not of this level
    ]
)


def target(metric: str, value: float) -> dict[str, Any]:
    return {
        "profit_unit_id": "a", "metric": metric, "target_value": value,
        "period_start": FIRST, "period_end": LAST,
    }  # fmt: skip


def accounts(**given: Any) -> dict[str, dict[str, Any]]:
    targets = pd.DataFrame(given.pop("targets", []))
    found = unit_accounts(FRAME, HEADS, targets, PROFILE, FIRST, LAST, **given)
    return {row["profit_unit_id"]: row for row in found.to_dict("records")}


def test_a_unit_has_revenue_cost_by_type_margin_and_rate() -> None:
    unit = accounts()["a"]
    assert (unit["net_revenue_amount"], unit["material_amount"]) == (1000, 600)
    assert (unit["margin_amount"], unit["margin_rate"]) == (300, 0.3)  # 1000 - 600 - 100
    assert accounts(level="cm3")["a"]["margin_amount"] == 250  # and 50 of freight


def test_lines_of_no_unit_come_last_and_without_revenue_there_is_no_rate() -> None:
    found = accounts()
    assert list(found) == ["a", "b", ""]
    assert (found[""]["margin_amount"], found[""]["margin_rate"]) == (-80, None)


def test_margin_per_head_divides_by_the_heads_shared_by_revenue() -> None:
    found = accounts()
    assert (found["a"]["head_count"], found["a"]["margin_per_head_amount"]) == (0.75, 400)
    assert (found["b"]["head_count"], found["b"]["margin_per_head_amount"]) == (1.25, 80)
    assert (found[""]["head_count"], found[""]["margin_per_head_amount"]) == (0, None)


def test_the_total_counts_a_person_once() -> None:
    total = total_account(FRAME, HEADS, PROFILE, FIRST, LAST)
    assert (total["net_revenue_amount"], total["margin_amount"]) == (1400, 320)  # 300 + 100 - 80
    assert (total["head_count"], total["margin_per_head_amount"]) == (2, 160)


def test_cost_of_no_line_is_posted_on_the_unit_driven_or_a_bar_of_its_own() -> None:
    found = accounts(level="cm3", unallocated=SPREAD)
    # 30 by revenue 1000 : 500 : nothing for the negative rest
    assert [found[unit]["driven_amount"] for unit in ("a", "b", "")] == [20, 10, 0]
    assert [found[unit]["direct_amount"] for unit in ("a", "b", "")] == [0, 7, 0]
    assert [found[unit]["undriven_amount"] for unit in ("a", "b", "")] == [0, 0, 11]
    # 250 - 20, 100 - 10 - 7, -80 - 11
    assert [found[unit]["contribution_amount"] for unit in ("a", "b", "")] == [230, 83, -91]


def test_a_unit_without_lines_has_a_row_if_asked_for_or_if_cost_is_posted_on_it() -> None:
    posted = pd.DataFrame([{"cost_type": "labor", "profit_unit_id": "new", "amount": 5.0}])
    found = accounts(unallocated=posted, unit_ids=("idle",))
    assert list(found) == ["a", "b", "idle", "new", ""]
    assert found["new"]["contribution_amount"] == -5
    assert (found["idle"]["net_revenue_amount"], found["idle"]["margin_rate"]) == (0, None)


def test_the_gap_to_the_target_is_told_in_money_and_in_points() -> None:
    rows = [target("revenue", 1200), target("gross_margin", 280), target("gross_margin_rate", 0.32)]
    unit = accounts(targets=rows)["a"]
    assert (unit["revenue_gap_amount"], unit["margin_gap_amount"]) == (-200, 20)
    assert unit["rate_gap_points"] == pytest.approx(-0.02)
    assert unit["rate_gap_amount"] == pytest.approx(-20)  # -0.02 of 1000


def test_without_a_target_there_is_no_gap_and_the_reason_is_given() -> None:
    unit = accounts(targets=[target("gross_margin", 280)])["b"]
    assert (unit["margin_target_amount"], unit["margin_gap_amount"]) == (None, None)
    assert unit["margin_target_missing"] == "no_target"


def test_targets_of_margin_are_of_the_headline_only() -> None:
    rows = [target("revenue", 1200), target("gross_margin", 280)]
    unit = accounts(targets=rows, level="cm3")["a"]
    assert (unit["revenue_gap_amount"], unit["margin_gap_amount"]) == (-200, None)
    assert unit["margin_target_missing"] == "other_level"


def test_retention_of_a_unit_and_of_the_whole() -> None:
    key = {"is_key_talent": True}
    heads = heads_frame(
        head("a", "ann", 1, **key),
        head("b", "ann", 1, **key),
        head("b", "bob", 1, **key, leave_date=date(2026, 2, 1)),
    )
    rows = unit_accounts(FRAME, heads, pd.DataFrame(), PROFILE, FIRST, LAST).to_dict("records")
    assert [row["retention_rate"] for row in rows] == [1, 0.5, None]
    assert total_account(FRAME, heads, PROFILE, FIRST, LAST)["retention_rate"] == 0.5


def test_nothing_at_all_is_one_row_of_zeros_without_any_nan() -> None:
    empty = pd.DataFrame(columns=FRAME.columns)
    total = total_account(empty, heads_frame(), PROFILE, FIRST, LAST)
    assert (total["net_revenue_amount"], total["margin_rate"], total["head_count"]) == (0, None, 0)
    assert not any(value != value for value in total.values())


unit_names = st.sampled_from(["a", "b", "c", "", None])
money = st.integers(-(10**11), 10**11).map(lambda cents: cents / 100)
lines = st.tuples(unit_names, money, money, money)
postings = st.tuples(st.sampled_from(["freight", "allocated", "labor"]), unit_names, money)


@settings(deadline=None, max_examples=40)
@given(st.lists(lines, min_size=1, max_size=12), st.lists(postings, max_size=6))
def test_units_and_the_lines_of_no_unit_close_to_the_total_exactly(
    given_lines: list[tuple[Any, ...]], given_postings: list[tuple[Any, ...]]
) -> None:
    frame = pd.DataFrame(
        [
            measures(unit, revenue, material_amount=material, freight_amount=freight)
            for unit, revenue, material, freight in given_lines
        ]
    )
    spread = pd.DataFrame(given_postings, columns=["cost_type", "profit_unit_id", "amount"])
    of = {"level": "cm3", "unallocated": spread}
    found = unit_accounts(frame, heads_frame(), pd.DataFrame(), PROFILE, FIRST, LAST, **of)
    total = total_account(frame, heads_frame(), PROFILE, FIRST, LAST, **of)
    for name in ("net_revenue_amount", "material_amount", "margin_amount", "contribution_amount"):
        assert sum(micro(amount) for amount in found[name]) == micro(total[name])
    costs = sum(micro(each) for _, _, each in given_postings)
    assert micro(total["margin_amount"]) - micro(total["contribution_amount"]) == costs


@settings(deadline=None, max_examples=40)
@given(st.integers(), st.dictionaries(st.text(max_size=3), st.integers(0, 10**18), min_size=1))
def test_apportioned_parts_add_up_and_none_is_off_by_one(
    whole: int, weights: dict[str, int]
) -> None:
    total = sum(weights.values())
    if total == 0:
        return
    parts = apportion(whole, weights)
    assert sum(parts.values()) == whole
    assert all(abs(parts[name] * total - whole * weights[name]) < total for name in weights)
