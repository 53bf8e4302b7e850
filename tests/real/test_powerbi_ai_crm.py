"""powerbi_ai_crm against its known answers; first contact is given in minutes."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def con(imported: Callable) -> object:
    report, con = imported("powerbi_ai_crm")
    assert report.is_clean
    assert report.extracts["opportunities"].rows_on == 20_000
    assert report.extracts["tickets"].rows_on == 10_000
    assert not any(counts.unmatched for counts in report.extracts.values())
    return con


def test_deals_won_lost_and_open_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select is_won, count(*), sum(amount) from opportunities group by 1 order by 1 nulls last"
    ).fetchall()
    assert rows == [
        (False, 6113, 14_759_000),
        (True, 11_420, 29_621_000),
        (None, 2467, 6_207_700),
    ]


def test_open_deals_by_stage_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select stages.name, count(*) from opportunities "
        "inner join stages using (pipeline, stage_id) where not is_closed "
        "group by stage_order, stages.name order by stage_order"
    ).fetchall()
    assert rows == [("Qualify", 1256), ("Develop", 402), ("Propose", 283), ("Close", 526)]


def test_a_closed_deal_stands_in_its_outcome_and_keeps_its_last_step(con) -> None:
    rows = con.execute(
        "select stage_id, x_last_step, count(*) from opportunities "
        "where stage_id in ('Won', 'Lost') group by all order by 3 desc limit 2"
    ).fetchall()
    assert rows == [("Won", "4-Close", 6887), ("Won", "3-Propose", 4209)]


def test_open_deals_expect_to_close_and_closed_ones_have(con) -> None:
    rows = con.execute(
        "select is_won is null, count(*), count(expected_close_date), count(closed_at), "
        "count(*) filter (where closed_at < created_at) from opportunities group by 1 order by 1"
    ).fetchall()
    assert rows == [(False, 17_533, 0, 17_533, 0), (True, 2467, 2467, 0, 0)]


def test_win_rates_of_owners_reach_from_molly_clark_to_sanjay_shah(con) -> None:
    rows = con.execute(
        "select reps.name, sum(is_won::int), count(is_won) from opportunities "
        "inner join reps on reps.rep_id = owner_rep_id "
        "group by 1 order by sum(is_won::int) / count(is_won) desc"
    ).fetchall()
    assert rows[0] == ("Molly Clark", 2341, 2549)
    assert rows[-1] == ("Sanjay Shah", 256, 661)


def test_each_rep_has_a_manager_who_is_one_of_them(con) -> None:
    rows = con.execute(
        "select managers.name, managers.role, count(*) from reps "
        "inner join reps as managers on managers.rep_id = reps.manager_id group by all order by 3"
    ).fetchall()
    assert rows == [("Spencer Low", "manager", 5), ("Anne Weiler", "manager", 6)]


def test_shares_of_cases_that_broke_the_sla_or_were_escalated_are_the_known_ones(con) -> None:
    row = con.execute(
        "select avg((not sla_met)::int), avg(x_is_escalated::int) from tickets"
    ).fetchone()
    assert row == (pytest.approx(0.2364, abs=0.0001), pytest.approx(0.1649, abs=0.0001))


def test_first_contact_comes_4_to_15_minutes_after_opening(con) -> None:
    row = con.execute(
        "select min(first_response_at - opened_at)::varchar, "
        "max(first_response_at - opened_at)::varchar, count(first_response_at) from tickets"
    ).fetchone()
    assert row == ("00:04:00", "00:15:00", 10_000)


def test_open_cases_are_not_resolved(con) -> None:
    rows = con.execute("select status, count(*), count(resolved_at) from tickets group by 1")
    assert sorted(rows.fetchall()) == [("Closed", 9992, 9992), ("Open", 8, 0)]


def test_every_account_has_a_place_on_the_map_and_a_territory(con) -> None:
    row = con.execute(
        "select count(*) from customers inner join org_units using (org_unit_id) "
        "where level = 'district' and lat between -90 and 90 and lon between -180 and 180"
    )
    assert row.fetchone() == (300,)


def test_campaigns_can_be_a_filter(con) -> None:
    """4,820 deals name one of seven campaigns; all seven are known with their type."""
    row = con.execute(
        "select count(x_campaign), count(x_campaign_type), count(distinct x_campaign) "
        "from opportunities"
    )
    assert row.fetchone() == (4820, 4820, 7)
