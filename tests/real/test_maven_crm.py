"""maven_crm against its known answers; what the set cannot know is absent, not invented."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def con(imported: Callable) -> object:
    report, con = imported("maven_crm")
    assert report.is_clean
    assert report.extracts["opportunities"].rows_on == 8800
    assert not any(counts.unmatched for counts in report.extracts.values())
    return con


def test_deals_by_stage_are_the_known_ones(con) -> None:
    rows = con.execute("select stage_id, count(*), sum(amount) from opportunities group by 1")
    assert {stage: (number, amount) for stage, number, amount in rows.fetchall()} == {
        "Won": (4238, 10_005_534),
        "Lost": (2473, 0),
        "Engaging": (1589, None),
        "Prospecting": (500, None),
    }


def test_only_closed_deals_say_whether_they_were_won(con) -> None:
    rows = con.execute(
        "select opportunities.is_won, is_closed, count(*), count(closed_at) from opportunities "
        "inner join stages using (pipeline, stage_id) group by all order by 3"
    ).fetchall()
    assert rows == [(None, False, 2089, 0), (False, True, 2473, 2473), (True, True, 4238, 4238)]


def test_the_misspelt_product_is_mended_and_said_so_and_no_won_value_is_lost(
    con, imported: Callable
) -> None:
    report, _ = imported("maven_crm")
    assert report.extracts["opportunities"].mended == {"product GTXPro read as GTX Pro": 1480}
    won = con.execute(
        "select sum(amount), sum(amount) filter (where product_id = 'GTX Pro') from opportunities "
        "inner join products using (product_id) where is_won"
    ).fetchone()
    assert won == (10_005_534, 3_510_578)


def test_win_rates_of_reps_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select owner_rep_id, sum(is_won::int), count(is_won) from opportunities "
        "group by 1 order by sum(is_won::int) / count(is_won) desc"
    ).fetchall()
    assert len(rows) == 30
    assert rows[:2] == [("Hayden Neloms", 107, 152), ("Maureen Marcano", 149, 213)]
    assert rows[-1] == ("Lajuana Vencill", 127, 231)


def test_30_of_35_agents_have_deals_and_darcel_schlecht_won_the_most_value(con) -> None:
    agents = con.execute("select count(*) from reps where role = 'rep'").fetchone()
    assert agents == (35,)
    row = con.execute(
        "select owner_rep_id, count(*), sum(amount)::bigint from opportunities where is_won "
        "group by 1 order by 3 desc limit 1"
    )
    assert row.fetchone() == ("Darcel Schlecht", 349, 1_153_214)


def test_won_value_by_manager_and_by_region_is_the_known_one(con) -> None:
    by_manager = con.execute(
        "select managers.name, count(*), sum(amount)::bigint from opportunities "
        "inner join reps on reps.rep_id = owner_rep_id "
        "inner join reps as managers on managers.rep_id = reps.manager_id "
        "where is_won and managers.role = 'manager' group by 1"
    ).fetchall()
    assert {name: rest for name, *rest in by_manager} == {
        "Melvin Marxen": [882, 2_251_930],
        "Summer Sewald": [828, 1_964_750],
        "Rocco Neubert": [691, 1_960_545],
        "Celia Rouche": [610, 1_603_897],
        "Cara Losch": [480, 1_130_049],
        "Dustin Brinkmann": [747, 1_094_363],
    }
    by_region = con.execute(
        "select org_units.name, sum(amount)::bigint from opportunities "
        "inner join org_units using (org_unit_id) where is_won group by 1"
    ).fetchall()
    assert dict(by_region) == {"Central": 3_346_293, "East": 3_090_594, "West": 3_568_647}


def test_days_from_engaging_to_closing_are_the_known_ones(con) -> None:
    rows = con.execute(
        "select is_won, avg(days), median(days) from (select is_won, "
        "date_diff('day', created_at, closed_at) as days from opportunities "
        "where is_won is not null) group by 1 order by 1 desc"
    ).fetchall()
    assert rows[0][1:] == (pytest.approx(51.782, abs=0.0005), 57)
    assert rows[1][1] == pytest.approx(41.479, abs=0.0005)


def test_won_value_by_quarter_of_closing_is_the_known_one(con) -> None:
    rows = con.execute(
        "select sum(amount)::bigint from opportunities where is_won "
        "group by date_trunc('quarter', closed_at) order by date_trunc('quarter', closed_at)"
    ).fetchall()
    assert [value for (value,) in rows] == [1_134_672, 3_086_111, 2_982_255, 2_802_496]


@pytest.mark.parametrize(("days", "known"), [(90, 1479), (180, 730)])
def test_deals_engaged_for_long_at_the_end_of_2017_are_the_known_ones(con, days, known) -> None:
    rows = con.execute(
        "select count(*) from opportunities where stage_id = 'Engaging' "
        f"and date_diff('day', created_at, timestamptz '2017-12-31 00:00+00') > {days}"
    )
    assert rows.fetchone() == (known,)


def test_what_the_set_does_not_know_is_absent(con, imported: Callable) -> None:
    report, _ = imported("maven_crm")
    assert "opportunity_changes" not in report.extracts  # no history of stages
    never = con.execute(
        "select count(created_at), count(expected_close_date), count(rep_probability) "
        "from opportunities where stage_id = 'Prospecting'"
    )
    assert never.fetchone() == (0, 0, 0)
