"""What the address asks of the profit page is checked, part by part."""

import json

import pytest

from errors import BadInput
from pages.money.asked import DEFAULT_BY, asked_of, narrowed, where_of, where_text
from pages.money.bar import added
from pages.money.opened import opened_of


def test_an_empty_address_asks_for_the_four_dimensions_in_their_order() -> None:
    asked = asked_of()
    assert (asked.by, asked.where, asked.problems) == (DEFAULT_BY, (), ())


def test_a_filter_reads_as_it_was_written() -> None:
    where = (("channel", ("CH-1", "CH-2")), ("customer", ("a|b,\"c' <x>",)))
    assert where_of(where_text(where)) == where
    assert asked_of(where=where_text(where)).where == where


@pytest.mark.parametrize(
    "text", ["x", "{}", "[1]", '[["customer"]]', '[["customer",[]]]', '[["customer",[1]]]',
             '[["a",["b"]],["a",["c"]]]', "[" * 5000],
)  # fmt: skip
def test_a_filter_that_cannot_be_read_refuses_the_whole_question(text: str) -> None:
    asked = asked_of(where=text)
    assert asked.is_refused
    assert asked.problems[-1].key == "where"


@pytest.mark.parametrize("text", ["yesterday", "2026-10-01", "2026-10-01T08:00:00"])
def test_a_moment_without_a_time_zone_is_refused_and_never_taken_for_now(text: str) -> None:
    asked = asked_of(as_of=text)
    assert asked.is_refused
    assert asked.as_of is None


@pytest.mark.parametrize("text", ["x", "7", '{"a":1}', "[[1]]", "[" * 5000])
def test_paths_that_cannot_be_read_unfold_nothing(text: str) -> None:
    assert asked_of(expanded=text).expanded == ()


def test_hostile_values_fall_to_what_is_known() -> None:
    asked = asked_of(theme="<script>", lang="xx", sort="drop table.up", bridge="?", most="9" * 99)
    assert (asked.theme, asked.sort, asked.bridge, asked.most) == ("day", "revenue", "money", 40)


def test_a_dimension_with_one_chosen_member_is_not_drilled_any_more() -> None:
    asked = asked_of(by="customer,product,channel", where='[["product",["P1"]]]')
    assert asked.drilled == ("customer", "channel")


def test_the_lines_of_a_row_are_those_of_the_filter_and_of_its_own_members() -> None:
    where = (("channel", ("CH-1",)),)
    found = narrowed(where, ("customer", "product"), ("C1", "P1"))
    assert found == (("channel", ("CH-1",)), ("customer", ("C1",)), ("product", ("P1",)))


def test_a_member_is_put_into_the_filter_and_taken_out_again() -> None:
    once = added((), "rep", "R1")
    twice = added(once, "rep", "R0")
    assert twice == (("rep", ("R0", "R1")),)
    assert added(added(twice, "rep", "R0"), "rep", "R1") == ()


def test_what_is_open_reads_as_it_was_written() -> None:
    text = json.dumps({"lines": ["C1", "P1"], "side": "base", "offset": 200})
    found = opened_of(text, "no")
    assert found is not None
    assert (found.kind, found.path, found.side, found.offset) == (
        "lines", ("C1", "P1"), "base", 200,
    )  # fmt: skip
    assert json.loads(found.text()) == json.loads(text)


@pytest.mark.parametrize(
    "text", ["x", "[]", "7", "null", '{"lines":[1]}', '{"lines":"C"}', '{"lines":[],"offset":-1}',
             '{"lines":[],"offset":true}', '{"salaries":[]}', '{"pick":7}',
             '{"lines":[],"line":7}'],
)  # fmt: skip
def test_nonsense_opens_nothing(text: str) -> None:
    with pytest.raises(BadInput):
        opened_of(text, "This link opens nothing.")
