"""What stands behind a margin: where lines belong, their costs, names, and refusals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest
from stubs import UNITS, Rows

from domain.dimensions import COST_TYPES, DIMENSIONS, MEASURES
from domain.scope import Scope
from errors import BadInput, DataMissing
from queries import needs, page, read, stream_csv, totals

Given = Callable[..., Scope]
MARCH = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)}
LONG_AGO, MARCH_5 = date(2020, 1, 1), date(2026, 3, 5)


def line(key: str, revenue: float = 100, **columns: object) -> dict[str, object]:
    return {"order_line_id": key, "invoice_date": MARCH_5, "net_revenue": revenue, **columns}


def cost(key: str, of: str | None, amount: float | None, **columns: object) -> dict[str, object]:
    usual = {"cost_type": "material", "posted_at": MARCH_5}
    return {"cost_item_id": key, "order_line_id": of, "amount": amount, **usual, **columns}


def unit(key: str, kind: str, value: str, **columns: object) -> dict[str, object]:
    usual = {"name": key, "valid_from": LONG_AGO}
    return {"profit_unit_id": key, "unit_type": kind, "match_value": value, **usual, **columns}


def revenue_by(scope: Scope, dimension: str, **asked: object) -> dict[str, float]:
    rows = read("margin_by", scope, by=(dimension,), **{**MARCH, **asked})
    return rows.set_index(dimension)["net_revenue_amount"].to_dict()


def test_a_line_belongs_to_its_own_unit_then_its_projects_its_clusters_its_product_lines(
    given: Given,
) -> None:
    customers = [{"customer_id": "k", "name": "K", "customer_cluster": "mills"}]
    products = [{"product_id": "p", "name": "P", "product_line": "pumps", "valid_from": LONG_AGO}]
    of_all = {"customer_id": "k", "product_id": "p", "project_id": "j"}
    lines = [
        line("1", 1, **of_all, profit_unit_id="own"),
        line("2", 2, **of_all),
        line("3", 4, **{**of_all, "project_id": "other"}),
        line("4", 8, product_id="p"),
        line("5", 16),
    ]
    units = [unit("of project", "project", "j"), unit("of cluster", "customer_cluster", "mills"),
             unit("of line", "product_line", "pumps")]  # fmt: skip
    scope = given(order_lines=lines, customers=customers, products=products, profit_units=units)
    assert revenue_by(scope, "profit_unit") == {
        "own": 1, "of project": 2, "of cluster": 4, "of line": 8, "": 16,
    }  # fmt: skip


def test_a_unit_takes_lines_of_its_days_and_of_two_the_first_by_id(given: Given) -> None:
    units = [
        unit("b", "project", "j", valid_to=date(2026, 3, 10)),
        unit("a", "project", "j", valid_from=date(2026, 3, 8), valid_to=date(2026, 3, 12)),
    ]
    days = {1: 7, 2: 8, 4: 12, 8: 13}
    lines = [line(str(amount), amount, project_id="j", invoice_date=date(2026, 3, day))
             for amount, day in days.items()]  # fmt: skip
    scope = given(order_lines=lines, profit_units=units)
    assert revenue_by(scope, "profit_unit") == {"b": 1, "a": 2 + 4, "": 8}


def test_the_region_is_the_nearest_above_and_the_top_where_there_is_none(given: Given) -> None:
    units = [*UNITS, {"org_unit_id": "d", "parent_id": "n", "level": "district", "name": "D"},
             {"org_unit_id": "x", "level": "company", "name": "X"},
             {"org_unit_id": "y", "parent_id": "x", "level": "branch", "name": "Y"}]  # fmt: skip
    lines = [line(key, amount, org_unit_id=key)
             for key, amount in {"n": 1, "d": 2, "c": 4, "y": 8, "z": 16}.items()]  # fmt: skip
    scope = given(order_lines=lines, org_units=units)
    assert revenue_by(scope, "region") == {"n": 1 + 2, "c": 4, "x": 8, "": 16}


def test_a_line_has_the_product_line_of_its_day_and_the_first_before_any(given: Given) -> None:
    products = [
        {"product_id": "p", "name": "P", "product_line": name, "valid_from": date(2026, 3, day)}
        for name, day in (("old", 5), ("new", 20))
    ]
    lines = [line(str(amount), amount, product_id="p", invoice_date=date(2026, 3, day))
             for amount, day in {1: 1, 2: 19, 4: 20}.items()]  # fmt: skip
    scope = given(order_lines=lines, products=products)
    assert revenue_by(scope, "product_line") == {"old": 1 + 2, "new": 4}


def test_costs_stand_by_type_and_estimates_apart(given: Given) -> None:
    costs = [cost("1", "a", 10.5), cost("2", "a", 0.25), cost("3", "a", 7, cost_type="warranty",
             is_estimate=True), cost("4", "b", None), cost("5", None, 99)]  # fmt: skip
    scope = given(order_lines=[line("a"), line("b")], cost_items=costs)
    total = read("margin_by", scope, by=(), **MARCH).iloc[0]
    assert (total["material_amount"], total["warranty_amount"]) == (10.75, 7)
    assert (total["estimated_amount"], total["line_count"]) == (7, 2)
    assert total[[f"{kind}_amount" for kind in COST_TYPES]].sum() == 17.75


def test_nothing_in_a_period_is_one_row_of_zeros_and_no_member(given: Given) -> None:
    scope = given(order_lines=[line("a")])
    before = {"first_day": date(2025, 3, 1), "last_day": date(2025, 3, 31)}
    total = read("margin_by", scope, by=(), **before)
    assert total.columns.tolist() == list(MEASURES)
    assert total.to_numpy().tolist() == [[0] * len(MEASURES)]
    assert read("margin_by", scope, by=("channel",), **before).empty


def test_each_line_counts_once_whatever_the_dimension(given: Given) -> None:
    lines = [line("a", 1.1, x_way="sea"), line("b", 2.2), line("c", 4.4, channel_id="web")]
    scope = given(order_lines=lines)
    for dimension in (*(one.id for one in DIMENSIONS), "x_way"):
        assert sum(revenue_by(scope, dimension).values()) == pytest.approx(7.7), dimension


def test_a_filter_is_an_and_of_ors(given: Given) -> None:
    lines = [line(f"{channel}{rep}", 1, channel_id=channel, rep_id=rep)
             for channel in ("web", "shop", None) for rep in ("r1", "r2", "r3")]  # fmt: skip
    where = (("channel", ("shop", "")), ("rep", ("r1", "r3")))
    found = read("margin_by", given(order_lines=lines), by=("channel", "rep"), where=where, **MARCH)
    assert sorted(zip(found["channel"], found["rep"], strict=True)) == [
        ("", "r1"), ("", "r3"), ("shop", "r1"), ("shop", "r3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"by": ("colour",)}, "colour"),
        ({"by": ("x_secret",)}, "x_secret"),
        ({"by": ("customer_id; drop table t",)}, "no dimension"),
        ({"by": ("rep", "rep")}, "different"),
        ({"by": ("rep", "channel", "month", "region", "project")}, "at most 4"),
        ({"by": "rep"}, "levels"),
        ({"where": (("colour", ("red",)),)}, "colour"),
        ({"where": (("rep", ()),)}, "members of rep"),
        ({"where": (("rep", (1,)),)}, "no text"),
        ({"where": "rep"}, "filter"),
        ({"last_day": date(2026, 2, 1)}, "before it begins"),
        ({"first_day": "2026-03-01"}, "first and a last day"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_word(
    asked: dict[str, object], word: str, given: Given
) -> None:
    with pytest.raises(BadInput, match=word):
        read("margin_by", given(order_lines=[line("a")]), **{"by": (), **MARCH, **asked})


def test_hostile_members_are_texts_like_others(given: Given) -> None:
    hostile = "'; drop table order_lines; --"
    scope = given(order_lines=[line("a", 5, rep_id=hostile), line("b", 7)])
    assert revenue_by(scope, "rep", where=(("rep", (hostile,)),)) == {hostile: 5}
    assert revenue_by(scope, "rep", where=(("rep", ("vanished",)),)) == {}


def test_without_order_lines_margins_say_what_to_connect(given: Given) -> None:
    assert needs("margin_by") == ("order_lines",)
    with pytest.raises(DataMissing, match="order_lines"):
        read("margin_by", given(customers=[]), by=(), **MARCH)


def test_items_tell_two_periods_apart_in_their_own_currency(given: Given) -> None:
    lines = [
        line("a", 700, customer_id="k", currency="USD", fx_rate=7, qty=2),
        line("b", 710, customer_id="k", currency="USD", fx_rate=7.1, qty=1,
             invoice_date=date(2026, 1, 5)),
        line("c", 50, customer_id="k", currency="CNY", invoice_date=date(2025, 1, 5)),
    ]  # fmt: skip
    base = {"base_first_day": date(2026, 1, 1), "base_last_day": date(2026, 2, 28)}
    items = read("margin_items", given(order_lines=lines), **MARCH, **base)
    assert len(items) == 1
    one = items.iloc[0]
    assert (one["customer_id"], one["currency"], one["qty_0"], one["qty_1"]) == ("k", "USD", 1, 2)
    assert (one["net_revenue_amount_0"], one["local_amount_0"]) == (710, 100)
    assert (one["net_revenue_amount_1"], one["local_amount_1"]) == (700, 100)


def test_lines_open_page_by_page_with_names_and_add_up(given: Given) -> None:
    lines = [line(f"l{number}", number, customer_id="k", rep_id="gone",
                  invoice_date=date(2026, 3, number)) for number in (1, 2, 3)]  # fmt: skip
    customers = [{"customer_id": "k", "name": "=Kay"}]
    scope = given(order_lines=lines, customers=customers, cost_items=[cost("c", "l3", 1.5)])
    whole = read("margin_lines_rows", scope, **MARCH)
    assert whole["order_line_id"].tolist() == ["l3", "l2", "l1"]
    assert page("margin_lines_rows", scope, 1, 1, **MARCH)["order_line_id"].tolist() == ["l2"]
    by_revenue = page("margin_lines_rows", scope, 0, 2, sort="net_revenue_amount", **MARCH)
    assert by_revenue["order_line_id"].tolist() == ["l1", "l2"]
    assert whole["customer_name"].tolist() == ["=Kay"] * 3 and whole["rep_name"].isna().all()
    found = totals("margin_lines_rows", scope, **MARCH)
    assert (found["row_count"], found["net_revenue_amount"], found["material_amount"]) == (
        3,
        6,
        1.5,
    )
    text = b"".join(stream_csv("margin_lines_rows", scope, **MARCH)).decode("utf-8-sig")
    assert len(text.splitlines()) == 4 and "'=Kay" in text
    with pytest.raises(BadInput, match="sorted"):
        read("margin_lines_rows", scope, sort="rep_id desc", **MARCH)


def test_a_cost_is_late_from_a_day_after_the_lines_month(given: Given) -> None:
    def known(month: int, day: int, hour: int) -> datetime:
        return datetime(2026, month, day, hour, tzinfo=UTC)

    costs = [
        cost("1", "a", 1, known_at=known(4, 1, 23)),
        cost("2", "a", 2, known_at=known(4, 2, 1)),
        cost("3", "a", 4, posted_at=date(2026, 4, 1), known_at=known(4, 1, 1)),
        cost("4", "b", 8, known_at=known(5, 1, 1)),
        cost("5", "b", 16, cost_type="freight", known_at=known(5, 1, 1)),
    ]
    april = line("april", 1, invoice_date=date(2026, 4, 1))
    scope = given(order_lines=[line("a"), line("b"), april], cost_items=costs)
    found = read("line_costs", scope, order_line_id="a").set_index("cost_item_id")["is_late"]
    assert found.to_dict() == {"1": False, "2": True, "3": True}
    late = read("late_costs", scope, **MARCH, since=known(4, 1, 23))
    assert late.to_numpy().tolist() == [["freight", 16, 1], ["material", 2 + 8, 2]]
    then = replace(scope, as_of=known(4, 1, 23))
    assert read("line_costs", then, order_line_id="a")["amount"].sum() == 1 + 4
    assert read("margin_by", then, by=(), **MARCH)["material_amount"].tolist() == [1 + 4]


def test_costs_of_no_line_and_of_lines_that_are_nowhere_are_unallocated(given: Given) -> None:
    costs = [cost("1", "a", 1), cost("2", None, 2, driver="qty"), cost("3", None, 4, driver="qty"),
             cost("4", "nowhere", 8, project_id="j"),
             cost("5", None, 16, posted_at=date(2026, 4, 1))]  # fmt: skip
    scope = given(order_lines=[line("a", org_unit_id="n")], cost_items=costs, org_units=UNITS)
    found = read("unallocated_costs", scope, **MARCH)
    pairs = found[["project_id", "driver", "amount", "item_count"]].to_numpy().tolist()
    assert pairs == [["", "qty", 6, 2], ["j", "", 8, 1]]
    assert read("unallocated_costs", scope.narrowed("n"), **MARCH).empty


def test_members_have_names_and_those_that_are_gone_say_so(given: Given) -> None:
    customers = [{"customer_id": "k", "name": "Kay", "org_unit_id": "s", "customer_cluster": "big"}]
    lines = [line("1", customer_id="k", org_unit_id="n"), line("2", customer_id="x")]
    scope = given(order_lines=lines, customers=customers, org_units=UNITS)
    found = read("member_names", scope, dimension="customer", members=("k", "x", "gone"))
    assert found.to_numpy().tolist() == [
        ["gone", "gone", False], ["k", "Kay", True], ["x", "x", True],
    ]  # fmt: skip
    clusters = read("member_names", scope, dimension="customer_cluster", members=("big", "no"))
    assert clusters["is_known"].tolist() == [True, False]
    north = read("member_names", scope.narrowed("n"), dimension="customer", members=("k", "x"))
    assert north["is_known"].tolist() == [True, False]


def test_a_search_finds_by_name_and_key_the_best_first(given: Given) -> None:
    customers = [{"customer_id": f"K-{name}", "name": f"{name} 100%"} for name in "ABC"]
    lines = [line(name, amount, customer_id=f"K-{name}", org_unit_id=unit)
             for name, amount, unit in (("A", 1, "n"), ("B", 3, "s"))]  # fmt: skip
    scope = given(order_lines=lines, customers=customers, org_units=UNITS)

    def found(text: str, most: int = 9, seen: Scope = scope) -> list[str]:
        rows = read("member_search", seen, dimension="customer", text=text, most=most)
        return rows["member"].tolist()

    assert found("k-") == ["K-B", "K-A"] and found("k-", 1) == ["K-B"]
    assert found("b 100%") == ["K-B"] and found("_") == []
    assert found("", seen=scope.narrowed("n")) == ["K-A"]
    with pytest.raises(BadInput, match="1 to"):
        found("k", 0)


def test_dimensions_are_those_that_lines_have_members_of(given: Given) -> None:
    lines = [line("1", channel_id="web", x_way="sea"), line("2", channel_id="shop")]
    found = read("margin_dimensions", given(order_lines=lines))
    assert found.to_numpy().tolist() == [["channel", 2], ["month", 1], ["x_way", 1]]


def test_the_span_of_lines_is_known_and_empty_without_any(given: Given) -> None:
    lines = [line("1", invoice_date=date(2026, 1, 31)), line("2")]
    span = read("margin_span", given(order_lines=lines)).iloc[0]
    assert (span["first_day"], span["last_day"]) == (
        pd.Timestamp(2026, 1, 31), pd.Timestamp(2026, 3, 5),
    )  # fmt: skip
    assert span["months"] == 2
    assert read("margin_span", given(order_lines=[])).iloc[0].isna()[["first_day"]].all()


def test_heads_are_reps_with_what_they_sold_in_the_unit_and_in_all(given: Given) -> None:
    reps = [{"rep_id": "r", "name": "Rae", "is_key_talent": True, "valid_from": LONG_AGO,
             "leave_date": date(2026, 3, 20)}]  # fmt: skip
    lines = [line("1", 10, rep_id="r", profit_unit_id="u"), line("2", 5, rep_id="s"),
             line("3", 30, rep_id="r", profit_unit_id="v"), line("4", 7)]  # fmt: skip
    found = read("unit_heads", given(order_lines=lines, reps=reps), **MARCH)
    shown = found[["profit_unit_id", "rep_name", "is_key_talent", "net_revenue_amount",
                   "rep_revenue_amount"]]  # fmt: skip
    assert shown.to_numpy().tolist() == [
        ["", "s", False, 5, 5], ["u", "Rae", True, 10, 40], ["v", "Rae", True, 30, 40],
    ]  # fmt: skip
    assert found["leave_date"].tolist()[1] == pd.Timestamp(2026, 3, 20)


def test_profit_units_and_targets_are_those_of_the_day(given: Given) -> None:
    units = [unit("u", "project", "j", valid_to=date(2025, 12, 31), name="old"),
             unit("u", "project", "j", valid_from=date(2026, 1, 1), name="new", owner_rep_id="r"),
             unit("later", "project", "j", valid_from=date(2027, 1, 1))]  # fmt: skip
    target = {"owner_type": "profit_unit", "owner_id": "u", "metric": "gross_margin"}
    targets: Rows = [
        {**target, "period_start": date(2026, 1, 1), "period_end": date(2026, 12, 31),
         "target_value": 100},
        {**target, "period_start": date(2026, 3, 1), "period_end": date(2026, 3, 31),
         "target_value": 9},
        {**target, "period_start": date(2026, 4, 1), "period_end": date(2026, 4, 30),
         "target_value": 8},
    ]  # fmt: skip
    reps = [{"rep_id": "r", "name": "Rae", "valid_from": LONG_AGO}]
    scope = given(order_lines=[line("1")], profit_units=units, targets=targets, reps=reps)
    now = read("profit_units_now", scope, today=MARCH_5)
    assert now[["profit_unit_id", "name", "owner_name"]].to_numpy().tolist() == [
        ["u", "new", "Rae"]
    ]
    assert read("unit_targets", scope, today=MARCH_5)["target_value"].tolist() == [9, 100]
    spring = {"first_day": date(2026, 3, 31), "last_day": date(2026, 4, 30)}
    assert read("unit_targets", scope, **spring)["target_value"].tolist() == [8, 9, 100]
