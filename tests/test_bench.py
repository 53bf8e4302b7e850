"""The bench's table: a figure is judged by its bound and by its ratio, and a lack says why."""

import pytest

from bench.drills import DRILLS, p95
from bench.table import Row, table
from domain.dimensions import DIMENSION


def test_a_figure_meets_its_target_only_when_bound_and_ratio_both_hold() -> None:
    row = Row("drill", "ms", measured=6, floor=2, most=10, most_ratio=3)
    assert row.ratio == 3
    assert row.is_ok
    assert Row("drill", "ms", measured=6, floor=2, most=5, most_ratio=3).is_ok is False
    assert Row("drill", "ms", measured=6, floor=2, most=10, most_ratio=2.9).is_ok is False


@pytest.mark.parametrize("row", [Row("a", "ms", 6), Row("a", "ms", None, most=5)])
def test_without_a_target_or_a_figure_nothing_is_judged(row: Row) -> None:
    assert row.is_ok is None


def test_what_was_not_measured_says_why() -> None:
    line = table([Row("sample", skipped="there is none yet")]).splitlines()[-1]
    assert "there is none yet" in line
    assert "skipped" in line


def test_a_line_says_what_the_floor_is_and_how_often_was_measured() -> None:
    line = table([Row("drill", "ms", 6, 2, "a bare query", 40, most_ratio=2)]).splitlines()[-1]
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells == ["drill", "6 ms", "2 (a bare query)", "3.00x", "<= 2x", "NO", "40"]


def test_p95_is_the_least_value_that_95_of_100_do_not_exceed() -> None:
    assert p95([float(number) for number in range(100, 0, -1)]) == 95
    assert p95([7, 3]) == 7


def test_the_twenty_drills_are_by_up_to_three_dimensions_with_up_to_three_filters() -> None:
    assert len(set(DRILLS)) == 20
    assert {len(drill.by) for drill in DRILLS} == {0, 1, 2, 3}
    assert {len(drill.where) for drill in DRILLS} == {0, 1, 2, 3}
    named = {name for drill in DRILLS for name in (*drill.by, *dict(drill.where))}
    assert named <= DIMENSION.keys()
