"""Margins: every drill adds up, from whatever rows it is answered, as of any moment."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from stubs import UNITS, Rows, version_of

from domain.dimensions import COST_TYPES, DIMENSIONS
from domain.scope import Scope
from queries import page, read
from queries.margin_rows import margin_rows
from queries.questions import Question

FIRST, LAST = date(2026, 1, 10), date(2026, 6, 20)
ALL = {"first_day": date(2020, 1, 1), "last_day": date(2030, 1, 1)}
IDS = [*(dimension.id for dimension in DIMENSIONS), "x_brand", "x_size", "x_way"]
Asked = dict[str, object]
WAYS = {
    "cube": "marts.margin_cube",
    "corrected": "unsettled_lines()",
    "lines": "loaded.margin_lines",
    "by product": "marts.margin_lines_by_product",
    "extracts": "known.margin_lines",
}


def at(day: date, hour: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def company(seed: int = 1, many: int = 400) -> dict[str, Rows]:
    """Lines of half a year with costs, some posted weeks later; every third lacks something."""
    dice = random.Random(seed)
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    lines: Rows = []
    costs: Rows = []

    def some(*values: object) -> object:
        return dice.choice([*values, None])

    for number in range(many):
        day = dice.choice(days)
        line = {
            "order_line_id": f"l{number}", "order_id": f"o{number // 3}", "invoice_date": day,
            "customer_id": some("k1", "k2", "k3", "gone"), "product_id": some("p1", "p2"),
            "channel_id": some("shop", "web"), "rep_id": some("r1", "r2"),
            "org_unit_id": dice.choice(["n", "s", "s1"]), "project_id": some("j", None, None),
            "profit_unit_id": some("own", None, None), "qty": some(1, 2.5, -1),
            "list_amount": some(120), "discount_amount": some(dice.randint(0, 30)),
            "net_revenue": dice.randint(-2000, 10_000) / 100, "x_way": some("sea", "air"),
            "known_at": at(day) + timedelta(days=1),
        }  # fmt: skip
        lines.append(line)
        for kind in dice.sample(COST_TYPES, dice.randint(0, 4)):
            posted = day + timedelta(days=dice.choice([0, 0, 0, 3, 40]))
            cost = {
                "cost_item_id": f"c{len(costs)}", "order_line_id": f"l{number}",
                "posted_at": posted, "cost_type": kind, "is_estimate": some(True, False),
                "amount": some(dice.randint(1, 5000) / 1000),
                "known_at": at(posted) + timedelta(days=1),
            }  # fmt: skip
            costs.append(cost)
    return {
        "org_units": [*UNITS, {"org_unit_id": "s1", "parent_id": "s", "level": "branch",
                               "name": "South 1", "tz": "UTC"}],
        "customers": [
            {"customer_id": "k1", "name": "One", "customer_cluster": "big", "x_size": "XL"},
            {"customer_id": "k2", "name": "Two", "customer_cluster": "small", "x_size": "S"},
            {"customer_id": "k3", "name": "Three", "x_size": None},
        ],
        "products": [
            {"product_id": "p1", "name": "P1", "product_line": "pumps", "uom": "pc",
             "valid_from": date(2020, 1, 1), "x_brand": "A"},
            {"product_id": "p1", "name": "P1", "product_line": "tools", "uom": "pc",
             "valid_from": date(2026, 4, 1), "x_brand": "B"},
            {"product_id": "p2", "name": "P2", "product_line": "tools", "uom": "kg",
             "valid_from": date(2026, 3, 1), "x_brand": "A"},
        ],
        "profit_units": [
            {"profit_unit_id": name, "unit_type": kind, "name": name, "match_value": value,
             "valid_from": date(2020, 1, 1)}
            for name, kind, value in (("u-big", "customer_cluster", "big"),
                                      ("u-tools", "product_line", "tools"), ("u-j", "project", "j"))
        ],
        "order_lines": lines,
        "cost_items": costs,
    }  # fmt: skip


@pytest.fixture(scope="module")
def three_ways(folder: Path) -> dict[str, Scope]:
    """The same company with cubes, with lines only, and without marts."""
    rows, made = company(), {}
    for name, fewest in (("cubes", 0), ("lines", 10**9), ("plain", 0)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("queries.engines.duckdb.FEWEST_LINES", fewest)
            patch.setattr("queries.engines.duckdb.FEWEST_BY_PRODUCT", fewest)
            made[name] = version_of(folder, rows, with_marts=name != "plain")
    return made


def questions(seed: int, many: int) -> list[tuple[Asked, datetime, str | None]]:
    """Drills at random: of up to three levels, filtered, over any days, as of then, in a unit."""
    dice = random.Random(seed)
    members = {
        "customer": ("k1", "", "gone"), "product": ("p1",), "channel": ("web", ""),
        "customer_cluster": ("big", "small"), "product_line": ("tools",), "region": ("s", "n"),
        "profit_unit": ("u-big", ""), "month": ("2026-03-01", "2026-04-01"), "x_size": ("XL", ""),
    }  # fmt: skip
    asked = []
    for _ in range(many):
        first = date(2026, dice.randint(1, 6), dice.choice([1, 1, 1, 14]))
        last = first + timedelta(days=dice.choice([27, 30, 60, 90, 400]))
        filters = dice.sample(sorted(members), dice.choice([0, 1, 1, 2]))
        where = tuple((name, dice.choice([members[name], members[name][:1]])) for name in filters)
        drill = {"by": tuple(dice.sample(IDS, dice.randint(0, 3))), "where": where,
                 "first_day": first, "last_day": last}  # fmt: skip
        as_of = dice.choice([at(date(2100, 1, 1)), at(date(2026, 7, 29), 5), at(date(2026, 4, 15))])
        asked.append((drill, as_of, dice.choice([None, None, "s", "s1"])))
    return asked


@pytest.mark.parametrize(("drill", "as_of", "unit"), questions(seed=7, many=60))
def test_cubes_lines_and_extracts_give_the_same_answer(
    drill: Asked, as_of: datetime, unit: str | None, three_ways: dict[str, Scope]
) -> None:
    scopes = {name: replace(scope, as_of=as_of) for name, scope in three_ways.items()}
    plain = read("margin_by", scopes.pop("plain").narrowed(unit), **drill)
    for scope in scopes.values():
        seen = scope.narrowed(unit)
        pd.testing.assert_frame_equal(read("margin_by", seen, **drill), plain)
        paged = page("margin_by", seen, 1, 5, **drill)
        pd.testing.assert_frame_equal(paged, plain[1:6].reset_index(drop=True), check_dtype=False)


def test_the_questions_above_are_answered_in_every_way(three_ways: dict[str, Scope]) -> None:
    """From a cube, from a cube that is corrected, from lines and corrected lines, from extracts."""
    ways = set()
    for drill, as_of, unit in questions(seed=7, many=60):
        asked = Question(drill["by"], drill["where"])
        for scope in three_ways.values():
            seen = replace(scope, as_of=as_of).narrowed(unit)
            sql = margin_rows(seen, asked, drill["first_day"], drill["last_day"])
            ways.add(tuple(way for way, mark in WAYS.items() if mark in sql))
    assert ways >= {
        ("cube",), ("cube", "lines"), ("cube", "corrected", "lines"), ("lines",),
        ("corrected", "lines"), ("by product",), ("corrected", "by product"), ("extracts",),
    }  # fmt: skip


def test_sums_beyond_64_bits_stand_in_cubes(folder: Path) -> None:
    lines = [
        {"order_line_id": str(number), "invoice_date": FIRST, "net_revenue": 999_999_999_999}
        for number in range(12)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("queries.engines.duckdb.FEWEST_LINES", 0)
        patch.setattr("queries.engines.duckdb.FEWEST_BY_PRODUCT", 0)
        scope = version_of(folder, {"order_lines": lines})
    assert "margin_cube" in margin_rows(scope, Question(), *ALL.values())
    found = read("margin_by", scope, by=(), **ALL)
    assert found["net_revenue_amount"].tolist() == [12 * 999_999_999_999]
