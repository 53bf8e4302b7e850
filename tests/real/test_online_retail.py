"""online_retail against its known answers: each of 541,909 lines goes on or says why not."""

from collections.abc import Callable
from decimal import Decimal

import pytest

pytestmark = pytest.mark.real

CLEAN = "qty > 0 and net_revenue > 0 and customer_id is not null and not x_is_credit_note"


@pytest.fixture(scope="module")
def con(imported: Callable) -> object:
    report, con = imported("online_retail")
    assert not any(counts.unmatched for counts in report.extracts.values())
    return con


def test_every_line_goes_on_or_says_why_not(imported: Callable) -> None:
    report, _ = imported("online_retail")
    lines = report.extracts["order_lines"]
    assert (lines.rows_in, lines.rows_on, lines.rows_quarantined) == (541_909, 534_168, 7741)
    assert lines.rules == {
        "repeats an earlier line in every field": 5268,
        "no sale without price and customer": 2470,
        "bad debt is no sale": 3,
    }
    assert sum(lines.rules.values()) == lines.rows_quarantined


def test_what_goes_on_and_what_is_quarantined_add_up_to_the_known_total(con) -> None:
    """21,740.98 of repeats, and bad debt of 11,062.06 - 11,062.06 - 11,062.06."""
    on = con.execute("select sum(net_revenue) from order_lines").fetchone()[0]
    kept_back = con.execute(
        "select sum((row_as_given ->> 'net_revenue')::decimal(18, 6)) from order_lines_quarantine"
    ).fetchone()[0]
    assert kept_back == Decimal("21740.98") - Decimal("11062.06")
    assert on + kept_back == Decimal("9747747.934")


def test_the_clean_subset_is_the_known_one(con) -> None:
    row = con.execute(
        "select count(*), count(distinct customer_id), count(distinct order_id), "
        f"round(sum(net_revenue), 2) from order_lines where {CLEAN}"
    ).fetchone()
    assert row == (392_692, 4338, 18_532, Decimal("8887208.89"))


def test_the_largest_customers_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select customer_id, round(sum(net_revenue), 2) from order_lines "
        f"where {CLEAN} group by 1 order by 2 desc limit 3"
    ).fetchall()
    assert rows == [
        ("14646", Decimal("280206.02")),
        ("18102", Decimal("259657.30")),
        ("17450", Decimal("194390.79")),
    ]


def test_credit_notes_are_lines_that_take_back(con) -> None:
    """9,288 lines of C invoices, 37 of them repeats; every one is negative."""
    row = con.execute(
        "select count(*), count(*) filter (where qty < 0 and net_revenue < 0) "
        "from order_lines where x_is_credit_note"
    ).fetchone()
    repeats = con.execute(
        "select count(*) from order_lines_quarantine where row_as_given ->> 'order_id' like 'C%'"
    ).fetchone()
    assert row == (9288 - repeats[0], 9288 - repeats[0])
    assert repeats == (37,)


def test_lines_without_a_customer_are_kept_or_quarantined_and_never_named(con) -> None:
    on = con.execute("select count(*) from order_lines where customer_id is null").fetchone()[0]
    kept_back = con.execute(
        "select count(*) from order_lines_quarantine where row_as_given ->> 'customer_id' is null"
    ).fetchone()[0]
    assert on + kept_back == 135_080


def test_a_stock_code_is_one_product_however_it_is_written(con, imported: Callable) -> None:
    report, _ = imported("online_retail")
    assert report.extracts["order_lines"].mended == {"stock code written in capitals": 1977}
    assert con.execute("select count(*) from products").fetchone() == (3958,)
