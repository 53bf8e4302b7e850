"""Thresholds: the nearest unit that has its own decides; nobody's decision is the default."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.decision import Decision
from domain.metrics import METRIC
from domain.status import Limits
from domain.thresholds import (
    Preview,
    Threshold,
    carried,
    effective_all,
    from_content,
    lost,
    preview,
    to_content,
)
from errors import BadInput

COMPANY, NORTH, SHOP = Limits(0.9, 0.8), Limits(0.8, 0.7), Limits(0.7, 0.6)
PARENTS = {"co": None, "north": "co", "shop": "north", "stall": "north", "south": "co"}


def decision(unit_id: str | None, limits: Limits, key: str = "sales_since_open") -> Decision:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    content = to_content(limits)
    return Decision(1, "threshold", key, unit_id, content, now, "Ann", "why", None)


def holding(unit_id: str | None, *decisions: Decision) -> Threshold:
    return effective_all("sales_since_open", PARENTS, decisions)[unit_id]


def test_where_nobody_decided_the_metrics_default_holds() -> None:
    default = METRIC["sales_since_open"].limits
    assert holding("shop") == Threshold(default, None, True, None)


def test_the_nearest_unit_on_the_way_up_decides() -> None:
    company, north, shop = decision(None, COMPANY), decision("north", NORTH), decision("shop", SHOP)
    assert holding("shop", company, north, shop) == Threshold(SHOP, "shop", False, shop)
    assert holding("shop", company, north) == Threshold(NORTH, "north", False, north)
    assert holding("shop", company) == Threshold(COMPANY, None, False, company)


def test_neither_a_sister_nor_a_child_nor_another_metric_decides() -> None:
    shop, margin = decision("shop", SHOP), decision("south", Limits(0, -1), "gross_margin_mtd")
    assert holding("north", shop).is_default
    assert holding("south", shop, margin).is_default


def test_the_company_has_the_last_word_even_unnamed() -> None:
    company = decision(None, COMPANY)
    assert holding("co", company).limits == COMPANY
    assert holding(None, company).limits == COMPANY


def test_all_units_at_once_get_what_each_alone_would_get() -> None:
    decisions = [decision(None, COMPANY), decision("north", NORTH), decision("shop", SHOP)]
    found = effective_all("sales_since_open", PARENTS, decisions)
    limits = {unit: threshold.limits for unit, threshold in found.items()}
    assert limits == {
        None: COMPANY,
        "co": COMPANY,
        "north": NORTH,
        "shop": SHOP,
        "stall": NORTH,
        "south": COMPANY,
    }


@pytest.mark.parametrize("order", [["shop", "north", "co"], ["co", "north", "shop"]])
def test_the_order_of_the_units_does_not_matter(order: list[str]) -> None:
    parents = {unit: PARENTS[unit] for unit in order}
    found = effective_all("sales_since_open", parents, [decision("north", NORTH)])
    assert [found[unit].from_unit for unit in ("co", "north", "shop")] == [None, "north", "north"]
    assert [found[unit].is_default for unit in ("co", "north", "shop")] == [True, False, False]


def test_a_circle_of_parents_and_an_unknown_parent_end_at_the_company() -> None:
    parents = {"a": "b", "b": "a", "c": "gone"}
    found = effective_all("sales_since_open", parents, [decision(None, COMPANY)])
    assert {found[unit].limits for unit in "abc"} == {COMPANY}


def test_limits_come_back_from_content_as_they_were() -> None:
    high_is_bad = Limits(12, 18, is_low_bad=False)
    assert from_content(to_content(high_is_bad)) == high_is_bad


@pytest.mark.parametrize(
    "change",
    [{"yellow": None}, {"red": "0.8"}, {"red": True}, {"is_low_bad": None}, {"yellow": 0.7}],
)
def test_content_that_is_no_threshold_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        from_content(to_content(COMPANY) | change)


def test_a_preview_counts_what_each_day_would_have_been() -> None:
    judged = [0.95, 0.9, 0.89, 0.8, 0.79, None, 0.5]
    readable = [True, True, True, True, True, True, False]
    # 0.95 and 0.9 are not below 0.9; 0.89 and 0.8 not below 0.8; 0.79 is
    assert preview(judged, readable, COMPANY) == Preview(days=7, yellow=2, red=1, green=2, grey=2)


def test_a_preview_needs_a_sample_for_each_day() -> None:
    with pytest.raises(ValueError, match="shorter"):
        preview([0.9, 0.8], [True], COMPANY)


def _units_of(decisions: tuple[Decision, ...]) -> list[str | None]:
    return [each.unit_id for each in decisions]


def test_a_threshold_follows_its_unit_when_a_second_source_brings_prefixes() -> None:
    laid_down = [decision("north", NORTH), decision(None, COMPANY)]
    moved = carried(laid_down, {"erp:north", "erp:co", "crm:x"}, ["erp", "crm"])
    assert _units_of(moved) == ["erp:north", None]
    assert moved[0].content == laid_down[0].content and not lost(moved, {"erp:north"})


def test_a_threshold_follows_its_unit_back_when_one_source_is_left() -> None:
    laid_down = [decision("erp:north", NORTH), decision("crm:x", SHOP)]
    moved = carried(laid_down, {"north", "x"}, ["erp"])
    assert _units_of(moved) == ["north", "crm:x"]
    assert _units_of(lost(moved, {"north", "x"})) == ["crm:x"]


def test_a_key_that_two_sources_have_is_lost_and_not_guessed() -> None:
    units = {"erp:north", "crm:north"}
    moved = carried([decision("north", NORTH)], units, ["erp", "crm"])
    assert _units_of(moved) == _units_of(lost(moved, units)) == ["north"]


def test_what_was_decided_since_under_the_new_key_comes_first() -> None:
    units, laid_down = {"erp:north"}, [decision("north", NORTH), decision("erp:north", SHOP)]
    moved = carried(laid_down, units, ["erp", "crm"])
    assert effective_all("sales_since_open", {"erp:north": None}, moved)["erp:north"].limits == SHOP


def test_a_colon_in_a_key_is_no_prefix() -> None:
    moved = carried([decision("01", NORTH)], {"de:01"}, ["erp"])
    assert _units_of(moved) == ["01"]
