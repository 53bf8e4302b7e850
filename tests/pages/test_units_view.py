"""What the address asks of the units' pages is checked before anything is read."""

from __future__ import annotations

from dataclasses import fields

import pytest

from pages.unit_panels.view import UnitsView, options_path, profit_unit_of, units_view


def test_an_empty_address_asks_for_the_units_in_the_reporting_default() -> None:
    assert units_view({}) == UnitsView()


@pytest.mark.parametrize("name", ["theme", "lang", "side", "columns", "unit_type"])
def test_a_choice_that_is_none_falls_to_the_default(name: str) -> None:
    assert getattr(units_view({name: "nonsense"}), name) == getattr(UnitsView(), name)


@pytest.mark.parametrize(
    ("text", "value"),
    [("2", 2.0), ("-1.5", -1.5), ("−1.5", -1.5), (" 5 % ", 5.0), ("１２", 12.0), ("0", 0.0)],
)
def test_numbers_are_read_as_people_type_them(text: str, value: float) -> None:
    assert units_view({"price": text}).price == value


@pytest.mark.parametrize("text", ["lots", "nan", "inf", "1e9", "1,5", "--1", "9" * 40, "0x10"])
def test_what_is_no_number_is_named_and_kept_as_typed(text: str) -> None:
    view = units_view({"price": text})
    assert (view.price, view.wrong, view.typed) == (None, ("price",), {"price": text})


def test_an_overlong_value_and_one_that_is_no_text_are_left_out() -> None:
    assert units_view({"opened": "u" * 201, "quote": ["x"]}) == UnitsView()


def test_what_the_address_said_is_what_the_links_say_again() -> None:
    query = {"side": "org", "period": "2026-Q1", "opened": "PU<1>", "price": "2.5", "lang": "zh"}
    search = units_view(query).search(opened="PU & 2")
    assert search.startswith("?")
    assert set(search[1:].split("&")) == {
        "side=org", "period=2026-Q1", "opened=PU+%26+2", "price=2.5", "lang=zh",
    }  # fmt: skip


def test_the_links_keep_what_was_typed_wrongly_too() -> None:
    assert units_view({"price": "lots"}).search() == "?price=lots"


@pytest.mark.parametrize("unit", ["PU03", "a/b", "北京 🏪", "<script>", "a%2Fb", "\u202eabc"])
def test_a_path_names_any_unit_and_is_read_back(unit: str) -> None:
    assert profit_unit_of(options_path(unit)) == unit


@pytest.mark.parametrize("path", [None, "", "/units", "/units/x", "/options", "/profit/x/options"])
def test_other_paths_name_no_unit(path: str | None) -> None:
    assert profit_unit_of(path) == ""


def test_every_field_of_the_view_comes_from_the_address() -> None:
    given = {
        "theme": "night", "lang": "zh", "side": "org", "columns": "pl", "unit_type": "project",
        **dict.fromkeys(("as_of", "unit", "period", "base", "level", "opened", "sort"), "x"),
        **dict.fromkeys(("cost_type", "mix", "quote"), "x"),
        **dict.fromkeys(("price", "discount", "cost", "share", "p0", "day_cost"), "7"),
        **dict.fromkeys(("promised", "floor"), "7"),
    }  # fmt: skip
    view, plain = units_view(given), UnitsView()
    same = [one.name for one in fields(view) if getattr(view, one.name) == getattr(plain, one.name)]
    assert same == []
