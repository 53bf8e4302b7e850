"""completejourney against its known answers; its days and hours are New York's."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def con(imported: Callable) -> object:
    report, con = imported("completejourney")
    assert report.extracts["order_lines"].rows_in == 1_469_307
    assert report.extracts["order_lines"].rows_on == 1_469_307
    return con


def test_sales_of_lines_and_of_shop_hours_are_the_known_total(con) -> None:
    for extract, column in [("order_lines", "net_revenue"), ("pos_hours", "net_sales")]:
        total = con.execute(f"select sum({column})::double from {extract}").fetchone()[0]
        assert total == pytest.approx(4_596_039.58, abs=0.01), extract


def test_all_days_lie_in_2017_in_new_york(con) -> None:
    days = con.execute("select min(invoice_date)::text, max(invoice_date)::text from order_lines")
    assert days.fetchone() == ("2017-01-01", "2017-12-31")


def test_the_busiest_stores_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select store_id, sum(net_sales)::double from pos_hours group by 1 order by 2 desc limit 3"
    ).fetchall()
    assert [store for store, _ in rows] == ["367", "406", "429"]
    assert rows[0][1] == pytest.approx(148_169.67, abs=0.01)


def test_there_are_457_stores_and_2469_households(con) -> None:
    assert con.execute("select count(*) from stores").fetchone() == (457,)
    assert con.execute("select count(*) from customers").fetchone() == (2469,)


def test_no_hour_is_known_before_it_ended(con) -> None:
    early = "select count(*) from pos_hours where known_at < hour_start + interval 1 hour"
    assert con.execute(early).fetchone() == (0,)
