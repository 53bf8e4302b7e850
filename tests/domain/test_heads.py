"""Heads shared by revenue, and the key talents that stayed."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.heads import HEAD, Retention, head_counts, retentions
from tests.domain.unit_frames import head

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)


def test_a_rep_of_two_units_is_shared_by_revenue() -> None:
    heads = head_counts([head("a", "ann", 300), head("b", "ann", 100), head("b", "bob", 5)])
    assert heads == {"a": 3 * HEAD // 4, "b": 5 * HEAD // 4}  # 0.75 and 0.25 + 1


def test_a_unit_with_nothing_or_a_loss_gets_nothing_of_a_rep_who_sells_elsewhere() -> None:
    heads = head_counts([head("a", "ann", 300), head("b", "ann", 0), head("c", "ann", -50)])
    assert heads == {"a": HEAD, "b": 0, "c": 0}


def test_who_sold_nothing_anywhere_is_shared_evenly() -> None:
    heads = head_counts([head("a", "ann", 0), head("b", "ann", -50)])
    assert heads == {"a": HEAD // 2, "b": HEAD // 2}


def test_lines_without_a_rep_are_no_head_and_lines_of_no_unit_are_a_place_of_their_own() -> None:
    assert head_counts([head("a", None, 9), head("a", "", 9), head(None, "ann", 9)]) == {"": HEAD}


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.floats(-1e9, 1e9)), max_size=9
    )
)
def test_all_units_together_have_as_many_heads_as_there_are_reps(
    rows: list[tuple[str, str, float]],
) -> None:
    heads = head_counts([head(*row) for row in rows])
    assert sum(heads.values()) == HEAD * len({rep for _, rep, _ in rows})
    assert all(share >= 0 for share in heads.values())


def test_retention_is_those_still_there_at_the_end_of_those_at_the_start() -> None:
    key = {"is_key_talent": True}
    rows = [
        head("a", "stays", 1, **key),
        head("a", "leaves later", 1, **key, leave_date=date(2026, 4, 1)),
        head("a", "left in it", 1, **key, leave_date=pd.Timestamp("2026-02-10")),
        head("a", "left on the first day", 1, **key, leave_date=FIRST),
        head("a", "left on the last day", 1, **key, leave_date=LAST),
        head("a", "gone before", 1, **key, leave_date=date(2025, 12, 31)),
        head("a", "hired in it", 1, **key, hire_date=date(2026, 2, 1)),
        head("a", "no key talent", 1),
        head("b", "stays", 1, **key),
    ]
    found = retentions(rows, FIRST, LAST)
    assert found == {"a": Retention(5, 2), "b": Retention(1, 1)}
    assert found["a"].rate == 0.4


@pytest.mark.parametrize("missing", [None, pd.NA, float("nan")])
def test_without_key_talents_there_is_no_retention(missing: object) -> None:
    assert retentions([head("a", "ann", 1, is_key_talent=missing)], FIRST, LAST) == {}
    assert Retention(0, 0).rate is None
