"""pdm_installed_base against its known answers: machines of nobody known, and their failures."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def con(imported: Callable) -> object:
    report, con = imported("pdm_installed_base")
    assert report.is_clean
    assert not any(counts.unmatched for counts in report.extracts.values())
    return con


def test_machines_by_model_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select products.name, count(*) from installed_assets "
        "inner join products using (product_id) where kind = 'device' group by 1"
    ).fetchall()
    assert dict(rows) == {"model1": 16, "model2": 17, "model3": 35, "model4": 32}


def test_the_mean_age_is_the_known_one_and_the_day_of_installing_follows_from_it(con) -> None:
    row = con.execute(
        "select avg(x_age_years), avg(2020 - year(installed_on)), "
        "bool_and(x_is_installed_on_approximate) from installed_assets"
    ).fetchone()
    assert row == (pytest.approx(11.33, abs=0.0001), pytest.approx(11.33, abs=0.0001), True)


def test_failures_by_model_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select installed_assets.product_id, count(*) from tickets "
        "inner join installed_assets on asset_id = x_asset_id "
        "where ticket_type = 'service' and severity = 1 group by 1"
    ).fetchall()
    assert dict(rows) == {"model1": 189, "model2": 168, "model3": 221, "model4": 183}
    assert con.execute("select count(*) from tickets").fetchone() == (761,)


def test_two_machines_never_failed(con) -> None:
    rows = con.execute(
        "select count(*) from installed_assets "
        "where asset_id not in (select x_asset_id from tickets)"
    )
    assert rows.fetchone() == (2,)


def test_a_failure_is_resolved_only_where_the_replacement_is_recorded(con) -> None:
    rows = con.execute(
        "select status, count(*), count(resolved_at), "
        "count(*) filter (where resolved_at = opened_at) "
        "from tickets group by 1 order by 2 desc"
    ).fetchall()
    assert rows == [("Replaced", 743, 743, 743), (None, 18, 0, 0)]


def test_no_customer_is_made_up(con, imported: Callable) -> None:
    report, _ = imported("pdm_installed_base")
    assert "customers" not in report.extracts
    for extract in ("installed_assets", "tickets"):
        rows = con.execute(f"select count(customer_id) from {extract}")
        assert rows.fetchone() == (0,), extract
