"""The table of a drill: others close the totals, rates are ratios of sums, rows are in order."""

import pandas as pd
import pytest

from domain.profile import COST_COLUMN, MarginLevel, MarginProfile
from pages.money.tree import level_frame, ordered, unfolded, whole_row

PROFILE = MarginProfile("test", (MarginLevel("gross_margin", ("material",)),), "gross_margin")


def answer(rows: dict[str, tuple[float, float]], by: str = "customer") -> pd.DataFrame:
    """margin_by with one dimension: member -> (net revenue, material)."""
    frame = pd.DataFrame({by: list(rows), "net_revenue_amount": [r for r, _ in rows.values()]})
    for column in (*COST_COLUMN.values(), "list_amount", "discount_amount", "rebate_amount"):
        frame[column] = 0.0
    frame["material_amount"] = [cost for _, cost in rows.values()]
    return frame


NOW = {"A": (100.0, 60.0), "B": (50.0, 20.0), "C": (10.0, 12.0), "D": (0.0, 0.0)}
BASE = {"A": (80.0, 40.0), "B": (50.0, 25.0), "E": (20.0, 10.0)}


def frame() -> pd.DataFrame:
    return level_frame(answer(NOW), answer(BASE), "customer", PROFILE, "gross_margin")


def shown(most: int, expanded: tuple[tuple[str, ...], ...] = (), depth: int = 2) -> list:
    names = pd.Series(dtype=str)
    return unfolded(
        lambda path: frame() if not path else level_frame(
            answer({"P": NOW[path[0]]}, "product"), answer({}, "product"), "product", PROFILE,
            "gross_margin"),
        depth, expanded, lambda found, _: ordered(found, "revenue", False, names), most,
    )  # fmt: skip


def test_a_member_of_either_period_is_a_row() -> None:
    assert set(frame().index) == {"A", "B", "C", "D", "E"}
    assert frame().loc["E", ["revenue_0", "revenue_1"]].tolist() == [20.0, 0.0]


def test_a_rate_is_the_ratio_of_sums_and_none_without_revenue() -> None:
    rows = {row.path[0]: row for row in shown(9)}
    assert rows["A"].rate() == pytest.approx(0.4)  # (100 - 60) / 100
    assert rows["A"].moved == pytest.approx(-0.1)  # from (80 - 40) / 80 = 0.5
    assert rows["D"].rate() is None
    assert rows["C"].moved is None  # no base


def test_what_is_not_shown_is_one_row_so_that_the_level_adds_up_to_the_total() -> None:
    rows = shown(2)
    assert [row.kind for row in rows] == ["closed", "closed", "others"]
    assert (rows[2].members, rows[2].sums["revenue_1"], rows[2].sums["revenue_0"]) == (3, 10, 20)
    whole = whole_row(
        answer({"": (160.0, 92.0)}, "x"), answer({"": (150.0, 75.0)}, "x"), PROFILE, "gross_margin"
    )
    for name in ("revenue_0", "revenue_1", "margin_0", "margin_1"):
        assert sum(row.sums[name] for row in rows) == pytest.approx(whole.sums[name])


def test_a_row_that_is_unfolded_is_followed_by_the_rows_below_it() -> None:
    rows = shown(9, expanded=(("B",),))
    assert [row.path for row in rows][:3] == [("A",), ("B",), ("B", "P")]
    assert [row.kind for row in rows][:3] == ["closed", "open", "leaf"]


def test_the_last_level_unfolds_no_further() -> None:
    assert {row.kind for row in shown(9, expanded=(("A",),), depth=1)} == {"leaf"}


@pytest.mark.parametrize(
    ("by", "is_ascending", "expected"),
    [
        ("revenue", False, "ABCDE"),
        ("margin", True, "CDEBA"),  # -2, 0, 0, 30, 40
        ("rate", False, "BACDE"),  # .6, .4, -.2, none, none
        ("rate", True, "CABDE"),
        ("points", True, "ABCDE"),  # -.1, +.1, none
        ("material_amount", False, "ABCDE"),
    ],
)
def test_members_are_in_the_order_of_a_column_those_without_a_number_last(
    by: str, is_ascending: bool, expected: str
) -> None:
    found = ordered(frame(), by, is_ascending, pd.Series(dtype=str))
    assert "".join(found) == expected


def test_members_are_in_the_order_of_their_names() -> None:
    names = pd.Series({"A": "zeta", "B": "Alpha", "C": "beta", "D": "delta", "E": "eta"})
    assert "".join(ordered(frame(), "name", True, names)) == "BCDEA"
