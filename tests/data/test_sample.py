"""The sample: every extract, clean but for what was planted, the same each time, and alive."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pytest

import manage
from data.contract import EXTRACTS
from data.loading import LoadReport, import_source
from data.sample import Made, feed, generate
from data.sample.chance import midnight
from data.sample.drops import Drop, plan_day
from data.sample.shops import remaining_share
from data.sample.signals import SIGNAL_IDS
from data.versions import current
from errors import BadInput
from settings import HOUSE, Settings

NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)  # 14:30 in the shops, a Tuesday
SCALE = 0.1
Query = Callable[[str], list[tuple]]


def _import(made: Made, data: Path, now: datetime) -> LoadReport:
    source = HOUSE / "data" / "sources" / "sample"
    return import_source(source, Settings(data=data), raw_dir=made.raw_dir, now=now)


def _query(data: Path) -> Query:
    version = current(data)
    assert version
    con = duckdb.connect()
    con.execute("set timezone = 'UTC'")
    for name in version.extracts:
        con.execute(f"create view {name} as from read_parquet('{version.path}/{name}/*.parquet')")
    return lambda sql: con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return generate(tmp_path_factory.mktemp("raw") / "sample", NOW, scale=SCALE)


@pytest.fixture(scope="module")
def report(made: Made) -> LoadReport:
    return _import(made, made.raw_dir.with_name("extracts"), NOW)


@pytest.fixture(scope="module")
def query(report: LoadReport, made: Made) -> Query:
    return _query(made.raw_dir.with_name("extracts"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return generate(tmp_path_factory.mktemp("small") / "sample", NOW, scale=0.02)


@pytest.fixture
def fresh(small: Made, tmp_path: Path) -> Made:
    """A copy of the small sample to feed."""
    return _copy(small, tmp_path / "sample")


def _copy(made: Made, folder: Path) -> Made:
    return replace(made, raw_dir=shutil.copytree(made.raw_dir, folder))


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_every_extract_is_there_with_all_rows_delivered(report: LoadReport, made: Made) -> None:
    live = {"pos_hours", "touchpoints"}
    came = {name: counts.rows_in for name, counts in report.extracts.items() if name not in live}
    assert set(report.extracts) == set(EXTRACTS)
    assert came == {name: many for name, many in made.rows.items() if name not in live}


def test_just_the_planted_rows_are_in_quarantine(report: LoadReport, made: Made) -> None:
    truth = json.loads(made.truth.read_text())
    found = {n: c.rows_quarantined for n, c in report.extracts.items() if c.rows_quarantined}
    unmatched = {n: c.unmatched for n, c in report.extracts.items() if c.unmatched}
    assert found == truth["quarantined"] == made.quarantined
    assert unmatched == {
        name: {"customer_id in customers": many}
        for name, many in truth["unmatched_customers"].items()
    }


def test_keys_are_unique(query: Query) -> None:
    for name, extract in EXTRACTS.items():
        keys = ", ".join(extract.key)
        assert query(f"select {keys} from {name} group by {keys} having count(*) > 1") == []


def test_every_cost_lands_once(query: Query) -> None:
    [(posted, landed)] = query("""
        select
            (select sum(amount) from cost_items where order_line_id is not null),
            (select sum(amount) from order_lines inner join cost_items using (order_line_id))
    """)
    assert posted == landed
    assert len(query("select distinct cost_type from cost_items")) == 10
    assert query("select count(*) > 0 from cost_items where order_line_id is null") == [(True,)]


def test_every_line_is_in_just_one_profit_unit(query: Query) -> None:
    [(total, by_unit)] = query("""
        select sum(net_revenue), sum(net_revenue) filter (matches = 1) from (
            select net_revenue, (
                select count(*) from profit_units
                where profit_units.profit_unit_id = order_lines.profit_unit_id
            ) as matches from order_lines
        )
    """)
    assert total == by_unit


def test_deals_as_of_now_are_the_opportunities(query: Query) -> None:
    assert (
        query("""
        with last as (
            select opp_id, field, arg_max(new_value, changed_at) as value
            from opportunity_changes group by opp_id, field
        ), wide as (
            pivot last on field in (
                'stage_id', 'amount', 'expected_close_date', 'forecast_category',
                'owner_rep_id', 'rep_probability'
            ) using first(value) group by opp_id
        )
        select opp_id from opportunities full join wide using (opp_id)
        where opportunities.stage_id is distinct from wide.stage_id
            or opportunities.amount::double is distinct from wide.amount::double
            or opportunities.expected_close_date::text is distinct from wide.expected_close_date
            or opportunities.forecast_category is distinct from wide.forecast_category
            or opportunities.owner_rep_id is distinct from wide.owner_rep_id
            or opportunities.rep_probability is distinct from wide.rep_probability::double
    """)
        == []
    )


def test_an_old_value_is_the_new_value_before_it(query: Query) -> None:
    assert (
        query("""
        select opp_id from opportunity_changes
        qualify old_value is distinct from lag(new_value)
            over (partition by opp_id, field order by changed_at)
    """)
        == []
    )


def test_deals_are_closed_just_where_their_stage_is(query: Query) -> None:
    assert (
        query("""
        select opp_id from opportunities inner join stages using (pipeline, stage_id)
        where is_closed <> (closed_at is not null)
            or is_closed <> (opportunities.is_won is not null)
            or opportunities.is_won is distinct from
                case when is_closed then stages.is_won end
    """)
        == []
    )


def test_a_party_has_one_live_decision_at_most(query: Query) -> None:
    assert (
        query("""
        select sandbox_id, milestone_id, party from sandbox_confirmations
        where decision <> 'rejected' group by all having count(*) > 1
    """)
        == []
    )


def test_all_seventeen_signals_have_events(query: Query) -> None:
    found = query("select distinct signal_id from touchpoints where signal_id is not null")
    assert {row[0] for row in found} == set(SIGNAL_IDS)
    assert len(SIGNAL_IDS) == 17


def test_coverage_of_the_quarter_is_between_two_and_four_by_region(query: Query) -> None:
    covered = query("""
        with sums as (
            select
                left(org_unit_id, 4) as region_id,
                sum(amount) filter (
                    is_won is null and expected_close_date between '2026-10-01' and '2026-12-31'
                ) as open_amount,
                coalesce(sum(amount) filter (
                    is_won and (closed_at + interval 8 hour)::date >= '2026-10-01'
                ), 0) as won_amount,
            from opportunities group by region_id
        )
        select open_amount / (target_value - won_amount) from sums
        inner join targets on owner_id = region_id
        where metric = 'revenue' and period_start = '2026-10-01'
    """)
    assert len(covered) == 6
    assert all(2 < coverage < 4 for (coverage,) in covered)


def test_only_hours_that_have_begun_are_there_and_the_last_is_not_complete(query: Query) -> None:
    today = query("""
        select hour(hour_start + interval 8 hour), bool_and(is_complete), count(*) from pos_hours
        where hour_start >= '2026-11-24' group by 1 order by 1
    """)
    assert today == [(hour, hour < 14, 12) for hour in range(8, 15)]


def test_a_board_at_any_hour_shows_shops_that_have_dropped(query: Query, made: Made) -> None:
    dropped = {d["store_id"] for d in json.loads(made.truth.read_text())["drops"]
               if d["day"] == "2026-11-24" and d["kind"] == "drop"}  # fmt: skip
    below = query("""
        with usual as (
            select store_id, hour(hour_start) as hour, avg(net_sales) as expected
            from pos_hours where is_complete and hour_start < '2026-11-24'
                and dayofweek(hour_start) = 2 and hour_start > '2026-09-28' group by all
        )
        select store_id from pos_hours inner join usual using (store_id)
        where hour(hour_start) = usual.hour and is_complete and hour_start >= '2026-11-24'
        group by store_id having sum(net_sales) < 0.7 * sum(expected)
    """)
    assert dropped <= {row[0] for row in below}
    assert 2 <= len(below) <= 5


@pytest.mark.parametrize("hour", [3, 8])  # local
def test_the_sample_loads_at_any_time_of_the_day(tmp_path: Path, hour: int) -> None:
    now = midnight(date(2026, 3, 1)) + timedelta(hours=hour, minutes=1)
    made = generate(tmp_path / "sample", now, scale=0.02)
    loaded = _import(made, tmp_path / "extracts", now)
    late = _query(tmp_path / "extracts")(f"""
        select hour_start from pos_hours where hour_start > '{now}'
        union all select occurred_at from touchpoints where occurred_at > '{now}'
        union all select changed_at from opportunity_changes where changed_at > '{now}'
    """)
    quarantined = {n: c.rows_quarantined for n, c in loaded.extracts.items() if c.rows_quarantined}
    assert (quarantined, late) == (made.quarantined, [])


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(
    small: Made, tmp_path: Path
) -> None:
    again = generate(tmp_path / "again", NOW, scale=0.02)
    other = generate(tmp_path / "other", NOW, seed=1, scale=0.02)
    assert _contents(again.raw_dir) == _contents(small.raw_dir)
    assert _contents(other.raw_dir) != _contents(small.raw_dir)


def test_files_that_are_not_a_sample_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("a")
    with pytest.raises(BadInput, match="not a sample"):
        generate(tmp_path, NOW, scale=0.02)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.csv"]


def test_what_was_fed_is_not_written_again(fresh: Made) -> None:
    later = NOW + timedelta(minutes=30)
    assert feed(fresh.raw_dir, NOW, later)
    times = {file: file.stat().st_mtime_ns for file in fresh.raw_dir.rglob("*")}
    assert not feed(fresh.raw_dir, NOW, later)
    assert {file: file.stat().st_mtime_ns for file in fresh.raw_dir.rglob("*")} == times


def test_feeding_in_steps_or_after_days_gives_the_same_files(
    fresh: Made, small: Made, tmp_path: Path
) -> None:
    steps = [NOW + timedelta(hours=hours) for hours in (0, 1, 5, 20, 44, 50)]
    once = _copy(small, tmp_path / "once")
    for since, until in pairwise(steps):
        feed(fresh.raw_dir, since, until)
    feed(once.raw_dir, steps[-2], steps[-1])
    assert _contents(once.raw_dir) == _contents(fresh.raw_dir)


def test_the_feed_leaves_history_as_it_was(fresh: Made) -> None:
    before = _contents(fresh.raw_dir)
    feed(fresh.raw_dir, NOW, NOW + timedelta(days=2))
    after = _contents(fresh.raw_dir)
    changed = {name for name in after if before.get(name) != after[name]}
    assert {name for name in changed if "/live-" not in name} == {"opportunities/history.parquet"}
    assert "pos_hours/live-2026-11-26.parquet" in changed


def test_fed_deals_are_coherent_and_fed_rows_are_clean(fresh: Made, tmp_path: Path) -> None:
    until = NOW + timedelta(days=3)
    feed(fresh.raw_dir, NOW, until)
    loaded = _import(fresh, tmp_path / "extracts", until)
    query = _query(tmp_path / "extracts")
    quarantined = {n: c.rows_quarantined for n, c in loaded.extracts.items() if c.rows_quarantined}
    assert quarantined == fresh.quarantined
    test_deals_as_of_now_are_the_opportunities(query)
    test_an_old_value_is_the_new_value_before_it(query)
    test_deals_are_closed_just_where_their_stage_is(query)
    assert query(f"select count(*) > 100 from opportunity_changes where changed_at > '{NOW}'") == [
        (True,)
    ]


def test_the_running_hour_grows_to_what_the_day_holds(fresh: Made) -> None:
    def sold(until: datetime) -> list[float]:
        feed(fresh.raw_dir, NOW, until)
        file = fresh.raw_dir / "pos_hours" / "live-2026-11-24.parquet"
        hour = "timestamptz '2026-11-24 06:00:00+00'"
        found = duckdb.sql(f"select net_sales from '{file}' where hour_start = {hour}").fetchall()
        return [row[0] for row in found]

    half, nearly, whole = (sold(NOW + timedelta(minutes=minutes)) for minutes in (1, 29, 30))
    assert all(a < b <= c for a, b, c in zip(half, nearly, whole, strict=True))
    assert sum(half) == pytest.approx(sum(whole) * 31 / 60, rel=0.12)


def test_a_feed_needs_a_sample_of_its_seed(fresh: Made, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds no sample"):
        feed(tmp_path / "nothing", NOW, NOW)
    with pytest.raises(BadInput, match="not 4"):
        feed(fresh.raw_dir, NOW, NOW, seed=4)


def test_a_day_has_drops_that_last_from_opening_to_closing() -> None:
    regions = np.array(list("ESNCWB") * 10, object)
    for number in range(60):
        drops = plan_day(5, regions, date(2026, 1, 1) + timedelta(number))
        lasting = [drop for drop in drops if drop.kind == "drop"]
        assert len(lasting) == 3
        assert all((drop.first_hour, drop.last_hour) == (8, 22) for drop in lasting)
        assert len({drop.shop for drop in drops}) == len(drops)


def test_acting_takes_away_its_share_of_a_drop_and_holding_out_nothing() -> None:
    helped = Drop(0, 10, 20, 0.5, "acted_drop", "coach_call", 13, 0.6)
    held = Drop(1, 10, 20, 0.5, "acted_drop", "coach_call", 13, 0.6, is_held_out=True)
    left = remaining_share([helped, held], 2, acted=True)
    # 8..10 nothing, 10..13 half is gone, from 13 on 0.5 x (1 - 0.6) = 0.2 is gone, 20..22 nothing
    assert left[0].tolist() == [1.0] * 2 + [0.5] * 3 + [0.8] * 7 + [1.0] * 2
    assert left[1].tolist() == [1.0] * 2 + [0.5] * 10 + [1.0] * 2


def test_a_fed_day_is_the_day_that_history_would_have(small: Made, tmp_path: Path) -> None:
    before = generate(tmp_path / "before", NOW - timedelta(days=1), scale=0.02)
    feed(before.raw_dir, NOW - timedelta(days=1), NOW)
    unlike = duckdb.sql(f"""
        select distinct store_id
        from '{before.raw_dir}/pos_hours/live-2026-11-23.parquet' as fed
        full join (
            from '{small.raw_dir}/pos_hours/history.parquet'
            where hour_start >= timestamptz '2026-11-23 00:00:00+00'
        ) as history using (store_id, hour_start)
        where fed.net_sales is distinct from history.net_sales
    """).fetchall()
    acted = {d["store_id"] for d in json.loads(small.truth.read_text())["drops"]
             if d["day"] == "2026-11-23" and d["action"]}  # fmt: skip
    assert {row[0] for row in unlike} <= acted


def test_one_command_makes_and_loads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = Settings(data=tmp_path / "extracts", raw=tmp_path / "raw", now=NOW.isoformat())
    monkeypatch.setattr(manage, "settings", lambda: chosen)
    assert manage.main(["sample", "--scale", "0.02", "--seed", "4"]) == 0
    version = current(chosen.data)
    assert version and set(version.extracts) == set(EXTRACTS)
    assert "Planted for the quarantine" in capsys.readouterr().out
