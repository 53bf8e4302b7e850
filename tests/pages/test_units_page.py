"""The page of the units over a company small enough to work out by hand."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from dash._callback import NoUpdate
from plotly.utils import PlotlyJSONEncoder

from domain.scope import Scope
from pages.unit_panels import books, trial
from pages.unit_panels.unit import Unit
from pages.unit_panels.view import units_view
from state import recall
from tests.pages.unit_company import COMPANY, HOSTILE, Company, installed
from tests.queries.stubs import LATER

OUTPUTS = (
    "nav", "header", "pills", "told", "title", "tie", "columns", "rows", "options", "frame", "head",
    "fall", "fall_title", "fall_right", "rate", "rate_title", "rate_right", "cells", "bonus",
    "people", "no_trial", "trial_title", "cost_of", "share_of", "nothing", "result", "keep", "seen",
)  # fmt: skip


@pytest.fixture
def units(profit: ModuleType, company: Company) -> ModuleType:
    """The page over the company; `profit` makes the app."""
    return installed(company, "pages.units")


def drawn(page: ModuleType, **query: str) -> dict[str, Any]:
    found = page.draw(query, None, {})
    held = found[len(OUTPUTS) :]
    return {**dict(zip(OUTPUTS, found, strict=False)), "fields": held[-1]}


def text(shown: Any) -> str:
    return json.dumps(shown, cls=PlotlyJSONEncoder, ensure_ascii=False)


def row(shown: dict[str, Any], key: str) -> dict[str, str]:
    return next(one for one in shown["rows"] if one["id"] == f"unit.{key}")


def pinned(shown: dict[str, Any]) -> list[dict[str, str]]:
    return shown["options"]["pinnedBottomRowData"]


def test_each_line_is_in_one_unit_and_what_is_in_none_has_its_own_row(units: ModuleType) -> None:
    shown = drawn(units)
    assert {key: row(shown, key)["margin"] for key in ("U1", "U2", "U3", "-")} == {
        "U1": "400", "U2": "200", "U3": "0", "-": "50",
    }  # fmt: skip
    assert row(shown, "-")["name"] == "In no unit"
    assert row(shown, "U1")["name"] == HOSTILE


def test_units_and_regions_add_up_to_the_same_total_to_the_cent(units: ModuleType) -> None:
    said = "Net revenue 1,700.01, margin 650.01: the same total in both views, difference 0.00"
    by_unit, by_region = drawn(units), drawn(units, side="org")
    assert (by_unit["tie"], by_region["tie"]) == (said, said)
    assert [one["name"] for one in by_region["rows"]] == ["North", "South", "In no region"]
    assert [one["margin"] for one in by_region["rows"]] == ["400", "250", "0"]
    assert [one["margin"] for one in pinned(by_unit)] == ["650", "−15", "635"]
    assert [one["margin"] for one in pinned(by_region)] == ["650", "−15", "635"]


def test_rows_that_miss_the_total_say_by_how_much(
    units: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums = books._sums
    monkeypatch.setattr(books, "_sums", lambda *given: sums(*given)[1:])
    books._read.cache_clear()
    assert drawn(units)["tie"].startswith("The rows miss the total by 2,")
    books._read.cache_clear()


def test_a_kind_of_unit_shows_the_others_as_one_row_so_that_rows_still_add_up(
    units: ModuleType,
) -> None:
    shown = drawn(units, unit_type="product_line")
    assert [one["name"] for one in shown["rows"]] == [
        "Pumps", "Units of other kinds: 2", "In no unit",
    ]  # fmt: skip
    assert [one["revenue"] for one in shown["rows"]] == ["500", "1,000", "200"]


def test_a_rep_is_one_head_shared_by_revenue_between_units(units: ModuleType) -> None:
    shown = drawn(units)
    # One sold 1000 of 1500.01 in U1; margin a head there is 400 / 0.66666
    assert (row(shown, "U1")["heads"], row(shown, "U2")["heads"]) == ("0.7", "0.3")
    assert row(shown, "U1")["per_head"] == "600.0"
    assert (row(shown, "U1")["talents"], row(shown, "-")["talents"]) == ("1 / 1", "–")


def test_an_opened_unit_shows_every_step_of_its_bonus(units: ModuleType) -> None:
    shown = drawn(units, opened="U1")
    # Pool 5 % of 400 = 20. Rate 40 % of 35 % is 114.3 %: 1 + 0.143 x 2.5 = 1.36. The margin's
    # target is 600 x 61 / 90 days = 407; 400 is 98.4 % of it: 0.98 x (1 - 0.3) / 0.3 -> 0.95.
    bonus = text(shown["bonus"])
    assert "= ¥20" in bonus
    for step in ("40.00%", "35.00%", "114.3%", "1.36", "¥407", "98.4%", "0.95", "60%", "¥16",
                 "¥8", "¥24"):  # fmt: skip
        assert f'"{step}"' in bonus, step


def test_a_hostile_name_is_shown_as_the_text_it_is(units: ModuleType) -> None:
    head = drawn(units, opened="U1")["head"]["props"]["children"][0]
    assert head["props"]["children"][0]["props"]["children"] == HOSTILE


def test_without_a_target_the_bonus_says_so_and_is_no_number(units: ModuleType) -> None:
    shown = drawn(units, opened="U2")
    assert row(shown, "U2")["bonus"] == "–"
    assert "no target" in text(shown["bonus"])


def test_the_rate_moves_from_the_base_by_effects_that_add_up(units: ModuleType) -> None:
    shown = drawn(units, opened="U1", base="2025-Q4")
    heights = [float(value) for value in shown["rate"]["data"][0]["y"]]
    assert (heights[0], heights[-1]) == (0.5, 0.4)  # 50 of 100 before, 400 of 1000 now
    assert abs(heights[0] + sum(heights[1:-1]) - heights[-1]) < 1e-12


def test_a_unit_without_lines_says_so_everywhere(units: ModuleType) -> None:
    shown = drawn(units, opened="U3", price="2")
    assert "no order lines" in text(shown["fall"])
    assert "no revenue" in text(shown["rate"])
    assert "No rep has lines" in text(shown["people"])
    assert "nan" not in text([shown[name] for name in OUTPUTS if name not in ("nav", "header")])


def test_a_unit_that_does_not_exist_is_said_and_the_table_stays(units: ModuleType) -> None:
    shown = drawn(units, opened=HOSTILE)
    assert shown["told"] == "There is no such unit. Choose one in the table."
    assert len(shown["rows"]) == 4


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"period": "2026-13"}, "2026-13 is no period"),
        ({"base": "nonsense"}, "nonsense is no period"),
        ({"level": "cm9"}, "There is no margin level cm9"),
        ({"as_of": "yesterday"}, "yesterday is no moment"),
        ({"unit": "nowhere"}, "There are no order lines here"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence_and_no_number(
    units: ModuleType, query: dict[str, str], said: str
) -> None:
    shown = drawn(units, **query)
    assert shown["told"].startswith(said)
    assert (shown["rows"], shown["tie"]) == ([], "")


def test_without_profit_units_the_page_says_what_to_connect_and_regions_still_work(
    units: ModuleType, company: Company
) -> None:
    rest = {name: rows for name, rows in COMPANY.items() if name != "profit_units"}
    installed(company, "pages.units", rest)
    assert "profit_units" in drawn(units)["told"]
    assert len(drawn(units, side="org")["rows"]) == 3


def test_a_what_if_says_what_the_unit_and_its_bonus_would_be(units: ModuleType) -> None:
    found = trial.outcome(unit_of("U1", price="10"), trial.change_of(unit_of("U1", price="10")))
    assert (found.revenue, found.margin) == ((1000.0, 1100.0), (400.0, 500.0))
    assert found.bonus is not None and found.bonus.parts is not None
    assert abs(sum(found.bonus.parts.values()) - (found.bonus.amount or 0)) < 1e-6


def unit_of(key: str, **query: str) -> Unit:
    view = units_view({"opened": key, **query})
    scope = books.scope_for(view)
    assert scope is not None
    kept = books.look(scope, view)
    account = kept.account(key)
    assert account is not None
    return Unit(kept, key, account)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"price": "lots"}, "This is no number"),
        ({"price": "900"}, "price is out of range"),
        ({"share": "120"}, "0 to 100 %"),
        ({"share": "50"}, "nothing beside it"),
    ],
)
def test_what_cannot_be_tried_is_a_sentence_and_what_was_typed_stays(
    units: ModuleType, query: dict[str, str], said: str
) -> None:
    shown = drawn(units, opened="U1", **query)
    assert said in text(shown["result"])
    assert shown["fields"].items() >= query.items()


def test_a_what_if_is_kept_as_a_commitment_of_the_units_lines(units: ModuleType) -> None:
    asked = {"opened": "U1", "price": "10"}
    shown = units.keep(1, "Dearer", "One", "2026-04-01", asked)
    assert "Kept: Dearer" in text(shown)
    scope = Scope("v", LATER)
    (found,) = recall("commitment", scope)
    assert found.content is not None
    assert (found.key, found.content["where"]) == ("Dearer", [["profit_unit", ["U1"]]])
    assert found.content["margin_after_amount"] - found.content["margin_before_amount"] == 100
    assert "Dearer" in text(drawn(units, opened="U1")["keep"])


def test_nothing_is_kept_without_a_press(units: ModuleType) -> None:
    units.keep(None, "Dearer", "One", "2026-04-01", {"opened": "U1", "price": "10"})
    assert recall("commitment", Scope("v", LATER)) == ()


def test_a_redraw_of_the_same_sends_nothing_and_leaves_the_fields_alone(units: ModuleType) -> None:
    first = units.draw({"opened": "U1", "price": "2"}, None, {})
    seen = first[len(OUTPUTS) - 1]
    again = units.draw({"opened": "U1", "price": "2"}, None, seen, "2", "", "", "")
    assert {type(part) for part in again[: len(OUTPUTS)]} == {NoUpdate}
    values = again[-1 - len(trial.FIELDS) : -1]
    assert {type(value) for value in values} == {NoUpdate}


def test_a_value_that_the_address_takes_back_leaves_its_field(units: ModuleType) -> None:
    back = units.draw({"opened": "U1"}, None, {}, "2", "", "", "")
    assert back[-1 - len(trial.FIELDS)] == ""
