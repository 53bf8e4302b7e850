"""us_regional_sales against the answers computed by its owners, money to the cent."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.real

LINES = """
select
    order_lines.*,
    net_revenue - cost_items.amount as profit,
from order_lines
inner join cost_items using (order_line_id)
"""


@pytest.fixture(scope="module")
def con(imported: Callable) -> object:
    report, con = imported("us_regional_sales")
    assert report.is_clean
    assert report.extracts["order_lines"].rows_on == 7991
    assert not report.extracts["order_lines"].unmatched
    con.execute(f"create view lines as {LINES}")
    return con


def test_net_cost_and_profit_are_the_known_ones(con) -> None:
    row = con.execute("select sum(net_revenue), sum(profit), count(*) from lines").fetchone()
    assert [float(value) for value in row] == pytest.approx(
        [73_143_379.74, 21_325_310.87, 7991], abs=0.011
    )


def test_lines_at_a_loss_are_373_of_which_7_only_by_the_noise_of_binary_fractions(con) -> None:
    """The known 373 were counted in floats: 7 of the 38 lines at exactly zero fall below it."""
    assert con.execute("select count(*) from lines where profit < 0").fetchone() == (366,)
    in_floats = """
    with amounts as (select qty, discount_amount / list_amount as discount,
        list_amount / qty as price, amount / quantity as cost
        from order_lines join cost_items using (order_line_id)),
    floats as (select qty, round(discount, 6) as discount, round(price, 2)::double as price,
        round(cost, 2)::double as cost from amounts)
    select count(*) from floats where qty * price * (1 - discount) - qty * cost < 0
    """
    assert con.execute(in_floats).fetchone() == (373,)


def test_profit_by_region_of_the_rep(con) -> None:
    rows = con.execute("select org_unit_id, sum(profit)::double from lines group by 1").fetchall()
    assert dict(rows) == pytest.approx(
        {
            "Midwest": 6_180_635.80,
            "West": 5_383_949.32,
            "Northeast": 5_062_088.85,
            "South": 4_698_636.89,
        },
        abs=0.01,
    )


def test_channels_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select channel_id, sum(net_revenue)::double from lines group by 1"
    ).fetchall()
    assert dict(rows) == pytest.approx(
        {
            "In-Store": 30_102_904.70,
            "Online": 21_698_558.86,
            "Distributor": 13_169_147.65,
            "Wholesale": 8_172_768.54,
        },
        abs=0.011,
    )
