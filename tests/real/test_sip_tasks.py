"""sip_tasks against its known answers: hours estimated once a task, worked by each developer."""

from collections.abc import Callable
from decimal import Decimal

import pytest

pytestmark = pytest.mark.real

HOURS = "sum(quantity::decimal(18, 6))"


@pytest.fixture(scope="module")
def con(imported: Callable) -> object:
    report, con = imported("sip_tasks")
    assert report.is_clean
    assert not any(counts.unmatched for counts in report.extracts.values())
    return con


def test_each_raw_row_is_one_posting_and_each_task_one_estimate(con) -> None:
    """12,299 rows of 10,266 tasks: a task has a row for each developer who worked on it."""
    rows = con.execute(
        "select is_estimate, count(*), count(distinct x_task_id) from cost_items "
        "group by 1 order by 1"
    ).fetchall()
    assert rows == [(False, 12_299, 10_266), (True, 10_266, 10_266)]


def test_estimated_and_actual_hours_are_the_known_ones(con) -> None:
    rows = con.execute(
        f"select is_estimate, {HOURS}, count(distinct project_id), count(amount) from cost_items "
        "where cost_type = 'labor' and quantity_uom = 'h' group by 1 order by 1"
    ).fetchall()
    assert rows == [
        (False, Decimal("95001.98"), 20, 0),
        (True, Decimal("90454.20"), 20, 0),
    ]


def test_project_18_is_the_known_one(con) -> None:
    """26,865.49 h worked where 23,522.41 were estimated: 1.1421 times."""
    row = con.execute(
        "select count(distinct x_task_id), "
        "count(distinct x_task_id) filter (where x_status = 'FINISHED'), "
        f"{HOURS} filter (where is_estimate), {HOURS} filter (where not is_estimate) "
        "from cost_items where project_id = 'PC18'"
    ).fetchone()
    assert row == (2299, 1218, Decimal("23522.41"), Decimal("26865.49"))
    assert row[3] / row[2] == pytest.approx(Decimal("1.1421"), abs=Decimal("0.0001"))


def test_hours_stand_on_the_day_of_completion_or_say_that_it_is_not_known(con) -> None:
    rows = con.execute(
        "select x_day_of, count(distinct x_task_id) from cost_items "
        "where not is_estimate group by 1"
    ).fetchall()
    assert dict(rows) == {"completion": 8196, "start": 1876, "estimate": 194}


def test_days_with_two_digit_years_lie_between_2004_and_2014(con) -> None:
    row = con.execute("select min(posted_at)::text, max(posted_at)::text from cost_items")
    assert row.fetchone() == ("2004-02-26", "2014-12-05")


def test_the_six_summaries_with_dashes_and_quotes_of_code_page_1252_are_read(con) -> None:
    rows = con.execute(
        "select distinct x_summary from cost_items where regexp_matches(x_summary, '[^ -~]') "
        "order by 1"
    ).fetchall()
    assert len(rows) == 6
    assert rows[0] == (
        "CCC - Add ‘Unallocated’ event code - to adjust evented/reserve figures to bureau pos",
    )


def test_each_project_is_a_profit_unit(con) -> None:
    rows = con.execute("select unit_type, count(*) from profit_units group by 1").fetchall()
    assert rows == [("project", 20)]
