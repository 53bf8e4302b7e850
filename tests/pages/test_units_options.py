"""The page of a unit's options: the quote of the sample and a quote worked out by hand."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest
from plotly.utils import PlotlyJSONEncoder

from components.plane import plane_figure
from tests.pages.unit_company import COMPANY, Company, clause, installed

OUTPUTS = ("nav", "header", "told", "quotes", "plane", "right", "table")
WORDS = {"days": "days", "margin": "margin", "front": "front", "under_floor": "under the floor"}


@pytest.fixture
def options(profit: ModuleType, company: Company) -> ModuleType:
    """The page over the company; `profit` makes the app."""
    return installed(company, "pages.options")


def drawn(page: ModuleType, unit: str = "U1", **query: str) -> dict[str, Any]:
    found = page.show(query, None, f"/units/{unit}/options")
    return {**dict(zip(OUTPUTS, found, strict=False)), "fields": found[-1]}


def text(shown: Any) -> str:
    return json.dumps(shown, cls=PlotlyJSONEncoder, ensure_ascii=False)


def cells(shown: dict[str, Any], name: str) -> list[str]:
    """The texts of a scenario's row."""
    rows = shown["table"].children[1].children.children[1].children
    found = next(row for row in rows if row.children[0].children[0].children == name)
    return [cell.children for cell in found.children[1:]]


def test_a_scenario_is_told_in_money_points_days_and_chance(options: ModuleType) -> None:
    shown = drawn(options)
    # 400 of 1000 becomes 432.8 of 1100, 11 days later: 32.8 / 11 a day, 40.00 -> 39.35 points.
    # Worth it from 0.5 x 400 / 432.8 = 46.2 % on; late it costs 5 a day.
    assert cells(shown, "more")[:9] == [
        "1,100", "433", "+33", "39.35%", "−0.65", "41", "+11", "+3", "46.2%",
    ]  # fmt: skip
    assert cells(shown, "more")[9] == "5 a day if late"


def test_another_chance_and_the_cost_of_a_day_move_the_break_even(options: ModuleType) -> None:
    # (0.8 x 400 + 2 x 11) / 432.8
    assert cells(drawn(options, p0="80", day_cost="2"), "more")[8] == "79.0%"
    assert cells(drawn(options, p0="100", day_cost="9"), "more")[8] == "never"


def test_days_over_the_promised_ones_cost_the_penalty(options: ModuleType) -> None:
    late = cells(drawn(options, promised="35"), "more")
    assert (late[1], late[9]) == ("403", "30, 6 d late")  # 432.8 - 6 x 5


def test_a_breach_of_the_floor_has_a_shape_and_a_word(options: ModuleType) -> None:
    shown = drawn(options, floor="39.5")
    assert "under 39.5%" in text(cells(shown, "more")[10])
    points = shown["plane"]["data"][1]
    assert points["text"][list(points["marker"]["symbol"]).index("triangle-up")] == (
        "more · under the floor"
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"p0": "often"}, "This is no number: Chance to win"),
        ({"p0": "101"}, "The win probability is out of range."),
        ({"day_cost": "-1"}, "The cost of a day is out of range."),
        ({"quote": "d9"}, "This unit has no such quote."),
    ],
)
def test_what_cannot_be_judged_is_said_and_draws_nothing(
    options: ModuleType, query: dict[str, str], said: str
) -> None:
    shown = drawn(options, **query)
    assert shown["told"].startswith(said)
    assert (shown["plane"]["data"], shown["table"]) == ([], None)


def test_what_was_typed_wrongly_stays_in_its_field(options: ModuleType) -> None:
    assert drawn(options, p0="often")["fields"]["p0"] == "often"


def test_a_unit_without_quotes_and_one_that_is_none_say_so(options: ModuleType) -> None:
    assert "no quotes with scenarios" in text(drawn(options, "U2")["quotes"])
    assert drawn(options, "U9")["told"].startswith("There is no such unit.")


def test_a_query_cannot_put_another_unit_in_the_place_of_the_paths(options: ModuleType) -> None:
    shown = drawn(options, "U2", profit_unit="U1")
    assert "no quotes with scenarios" in text(shown["quotes"])


def test_a_scenario_that_cannot_be_read_says_why_and_the_others_stand(
    options: ModuleType, company: Company
) -> None:
    broken = [*COMPANY["contract_clauses"], clause("odd", "option", 5, 1, 0)]
    installed(company, "pages.options", {**COMPANY, "contract_clauses": broken})
    shown = drawn(options)
    assert "no base clause" in text(shown["table"])
    assert cells(shown, "more")[0] == "1,100"


def test_the_front_is_a_staircase_of_what_nothing_beats() -> None:
    points = pd.DataFrame(
        {
            "label": ["a", "b", "<b>c"],
            "days": [30.0, 41.0, 41.0],
            "margin_amount": [400.0, 432.8, 100.0],
            "is_on_front": [True, True, False],
            "is_under_floor": [False, False, True],
        }
    )
    front, scenarios = plane_figure(points, WORDS, "day", "en")["data"]
    assert (front["x"].tolist(), front["y"].tolist()) == ([30.0, 41.0], [400.0, 432.8])
    assert scenarios["marker"]["symbol"] == ["circle", "circle", "triangle-up"]
    assert scenarios["text"][2] == "&lt;b>c · under the floor"


@pytest.mark.parametrize("days", [[], [30.0], [30.0, 30.0]])
def test_a_plane_of_no_or_one_point_has_finite_axes(days: list[float]) -> None:
    same: dict[str, Any] = {"label": ["a"] * len(days), "is_on_front": [True] * len(days)}
    points = pd.DataFrame(
        {**same, "days": days, "margin_amount": [0.0] * len(days),
         "is_under_floor": [False] * len(days)}
    )  # fmt: skip
    layout = plane_figure(points, WORDS, "night", "zh")["layout"]
    for axis in ("xaxis", "yaxis"):
        low, high = layout[axis]["range"]
        assert np.isfinite([low, high]).all() and low < high
