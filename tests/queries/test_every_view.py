"""What holds for every metric and every view: columns, sums, scope, what was known, odd data."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from stubs import AT_9_30, NOW, TODAY, UNITS, Rows, company, hour, version_of

from data.contract import EXTRACTS
from domain.metrics import METRICS
from domain.scope import Scope
from errors import DataMissing
from queries import needs, parameters, read, totals
from queries.composed import COMPOSED

SCREENS = sorted([*(file.stem for file in Path("queries/screens").glob("*.sql")), *COMPOSED])
COLUMNS = ["org_unit_id", "day", "numerator", "denominator", "reference_value", "case_count",
           "at_stake_amount"]  # fmt: skip
FIRST = {"first_day": TODAY - timedelta(days=6)}
NINE_HOURS = timedelta(hours=9)
ANY = {
    **NOW,
    **FIRST,
    "last_day": TODAY,
    "base_first_day": TODAY - timedelta(days=80),
    "base_last_day": TODAY - timedelta(days=7),
    "by": ("customer", "region", "month"),
    "where": (("product", ("p",)),),
    "dimension": "customer",
    "members": ("north-k", "south-k"),
    "text": "CUSTOMER",
    "most": 5,
    "since": AT_9_30 - timedelta(days=9000),
    "order_line_id": "north-l1",
    "project_id": "north-project",
    "org_unit_id": "n",
    "store_id": None,
    "first": NOW["now"],
    "last": NOW["now"] + NINE_HOURS,
}
# Views of one line, unit or list of names that the asker gives: they name whom they are asked for.
ONE_ONLY = ("units", "unit_path", "line_costs", "member_names", "project_cost_rows")
WHOLE_ONLY = ("unallocated_costs",)  # costs of no line belong to no org unit
SAME_LATER = ("company", "unit_path", "last_hour", "margin_dimensions", "margin_span",
              "member_names")  # fmt: skip
every_metric = pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
every_screen = pytest.mark.parametrize("name", SCREENS)


@pytest.fixture(scope="module")
def everything(folder: Path) -> Scope:
    return replace(version_of(folder, company()), as_of=AT_9_30)


@pytest.fixture(scope="module")
def without_later(folder: Path) -> tuple[Scope, Scope]:
    """The same company twice: as it is, and with a row in each extract that is known later."""
    rows = company()
    later = {name: [*found, *_later(name, found)] for name, found in rows.items()}
    plain, planted = version_of(folder, rows), version_of(folder, later)
    return replace(plain, as_of=AT_9_30), replace(planted, as_of=AT_9_30)


def _later(name: str, found: Rows) -> Rows:
    """Each row once more, as if it became known a second too late to be seen."""
    key = EXTRACTS[name].id_column
    changes: dict[str, Callable[[dict], dict]] = {
        "pos_hours": lambda row: {"hour_start": row["hour_start"] + timedelta(minutes=30)},
        "reps": lambda row: {"valid_from": date(2026, 1, 1), "name": "later"},
        "targets": lambda row: {"owner_id": "s" if row["owner_id"] == "c" else "later"},
    }
    change = changes.get(name, lambda row: {key: f"later {row[key]}"})
    known = AT_9_30 + timedelta(seconds=1)
    return [{**row, **change(row), "known_at": known} for row in found]


def answer(name: str, scope: Scope) -> pd.DataFrame:
    known = parameters(name)
    return read(name, scope, **{key: value for key, value in ANY.items() if key in known})


@every_metric
def test_a_metric_gives_a_row_for_each_unit_and_day_and_can_be_opened(
    metric: object, everything: Scope
) -> None:
    rows = read(metric.id, everything, **NOW, **FIRST)
    assert list(rows.columns) == COLUMNS
    assert len(rows) == 3 * 7
    assert not rows.duplicated(["org_unit_id", "day"]).any()
    assert rows["numerator"].dtype == rows["denominator"].dtype == "float64"
    assert list(read(metric.rows_view, everything, **NOW).columns[-2:]) == COLUMNS[2:4]


@every_metric
@pytest.mark.parametrize("unit", [None, "n", "s"])
def test_the_rows_add_up_to_the_last_day(metric: object, unit: str, everything: Scope) -> None:
    scope = everything.narrowed(unit)
    found = totals(metric.rows_view, scope, **NOW)
    last = read(metric.id, scope, first_day=TODAY, **NOW).set_index("org_unit_id").loc[unit or "c"]
    assert found["row_count"] > 0
    assert found["numerator"] == pytest.approx(last["numerator"])
    if pd.isna(last["denominator"]):  # South has no target
        assert found["denominator"] is None
    else:
        assert found["denominator"] == pytest.approx(last["denominator"])


@every_metric
def test_today_is_the_same_alone_as_at_the_end_of_a_history(
    metric: object, everything: Scope
) -> None:
    history = read(metric.id, everything, **NOW, **FIRST)
    alone = read(metric.id, everything, first_day=TODAY, **NOW)
    last = history[history["day"] == pd.Timestamp(TODAY)].reset_index(drop=True)
    pd.testing.assert_frame_equal(last, alone)


@every_metric
def test_a_unit_is_the_same_from_above_as_from_within(metric: object, everything: Scope) -> None:
    above = read(metric.id, everything, first_day=TODAY, **NOW).set_index("org_unit_id")
    within = read(metric.id, everything.narrowed("s"), first_day=TODAY, **NOW)
    assert within["org_unit_id"].tolist() == ["s"]
    pd.testing.assert_series_equal(
        above.loc["s"], within.set_index("org_unit_id").loc["s"], check_dtype=False
    )


@every_screen
def test_a_view_narrowed_to_north_knows_nothing_of_south(name: str, everything: Scope) -> None:
    seen = answer(name, everything).to_csv().lower()
    narrowed = answer(name, everything.narrowed("n")).to_csv().lower()
    assert "south" not in narrowed or name == "member_names"
    assert ",s," not in narrowed
    if "north" in seen and name not in ONE_ONLY + WHOLE_ONLY:
        assert "south" in seen and "north" in narrowed  # the test can fail


@every_screen
def test_nothing_known_after_as_of_is_visible(
    name: str, without_later: tuple[Scope, Scope]
) -> None:
    plain, planted = (answer(name, scope) for scope in without_later)
    pd.testing.assert_frame_equal(plain, planted)
    if name not in SAME_LATER:  # the test can fail
        a_second_later = replace(without_later[1], as_of=AT_9_30 + timedelta(seconds=1))
        assert not answer(name, a_second_later).equals(plain)


def test_views_over_empty_extracts_have_nothing_to_count(folder: Path) -> None:
    scope = version_of(folder, {extract: [] for extract in company()})
    for name in SCREENS:
        rows = answer(name, scope)
        if "case_count" in rows:
            assert not rows["case_count"].any(), name


def test_one_row_of_each_extract_is_enough(folder: Path) -> None:
    scope = version_of(folder, {name: rows[:1] for name, rows in company().items()})
    for name in SCREENS:
        answer(name, scope)


def test_a_company_without_units_shows_itself(folder: Path) -> None:
    rows = {name: found for name, found in company().items() if name not in ("org_units", "stores")}
    scope = version_of(folder, rows)
    for metric in METRICS:
        shown = read(metric.id, scope, first_day=TODAY, **NOW)
        assert shown["org_unit_id"].isna().tolist() == [True], metric.id
    assert read("company", scope)["tz"].tolist() == ["UTC"]


def test_targets_are_needed_for_coverage_only(folder: Path) -> None:
    rows = {name: found for name, found in company().items() if name != "targets"}
    scope = version_of(folder, rows)
    assert needs("gross_margin_mtd") == ("cost_items", "order_lines")
    assert not read("gross_margin_mtd", scope, first_day=TODAY, **NOW).empty
    with pytest.raises(DataMissing, match="targets"):
        read("pipeline_coverage", scope, first_day=TODAY, **NOW)


def test_with_several_roots_the_company_is_their_sum(folder: Path) -> None:
    roots = [{**unit, "parent_id": None} for unit in UNITS if unit["org_unit_id"] != "c"]
    scope = version_of(folder, {**company(), "org_units": roots})
    shown = read("sales_since_open", scope, first_day=TODAY, **NOW)
    units = [None if pd.isna(unit) else unit for unit in shown["org_unit_id"]]
    assert units == [None, "n", "s"]
    assert shown["numerator"].tolist() == [240, 80, 160]
    first = read("company", scope).iloc[0]
    assert pd.isna(first["name"]) and first["tz"] == "UTC"


def test_two_sources_with_the_same_keys_do_not_mix(folder: Path) -> None:
    def of(source: str, rows: Rows) -> Rows:
        return [{**row, "source_system": source} for row in rows]

    stores = [{"store_id": "1", "name": "A", "org_unit_id": "n", "tz": "UTC"}]
    sales = {"a": [hour("1", "2026-03-02 08:00", 5)], "b": [hour("1", "2026-03-02 08:00", 7)]}
    scope = version_of(
        folder,
        {
            "org_units": of("a", UNITS) + of("b", UNITS),
            "stores": of("a", stores) + of("b", stores),
            "pos_hours": of("a", sales["a"]) + of("b", sales["b"]),
        },
    )
    by_store = read("sales_since_open_by_store", scope, **NOW).set_index("store_id")["numerator"]
    assert by_store.to_dict() == {"a:1": 5, "b:1": 7}
    within = read("sales_since_open", scope.narrowed("b:c"), first_day=TODAY, **NOW)
    assert within.set_index("org_unit_id")["numerator"].to_dict() == {"b:c": 7, "b:n": 7}


HOSTILE = ["<script>alert(1)</script>", "=1+1", "'; drop table t; --", "عربى‮", "🏪", "x" * 10_000]


def test_hostile_names_come_out_as_they_went_in(folder: Path) -> None:
    stores = [
        {"store_id": name, "name": name, "org_unit_id": name, "tz": "UTC"} for name in HOSTILE
    ]
    units = [{"org_unit_id": name, "name": name, "parent_id": "c"} for name in HOSTILE]
    hours = [hour(name, "2026-03-02 08:00", 1) for name in HOSTILE]
    scope = version_of(
        folder, {"org_units": [*UNITS, *units], "stores": stores, "pos_hours": hours}
    )
    shown = read("sales_since_open_by_store", scope, **NOW)
    assert sorted(shown["name"]) == sorted(HOSTILE)
    for name in HOSTILE:
        narrowed = read("sales_since_open", scope.narrowed(name), first_day=TODAY, **NOW)
        assert narrowed["numerator"].tolist() == [1]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2017, 3, 12), 23), (date(2017, 11, 5), 25)], ids=["spring", "autumn"]
)
def test_the_day_the_clock_changes_has_every_hour_once(folder: Path, day: date, hours: int) -> None:
    """A shop of New York that sells 1 in every hour since three weeks before."""
    end = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=2)
    starts = [end - timedelta(hours=number) for number in range(1, 24 * 24)]
    rows = [hour("1", f"{start:%Y-%m-%d %H:%M}", 1) for start in starts]
    scope = version_of(folder, {"pos_hours": rows})
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    now = midnight + timedelta(hours=23, minutes=59, seconds=59)
    when = {"tz": "America/New_York", "today": day, "now": now}
    today = read("sales_since_open", scope, first_day=day, **when).iloc[0]
    assert today["numerator"] == hours
    assert today["denominator"] == pytest.approx(hours, abs=0.001)
    opened = totals("sales_since_open_rows", scope, **when)
    assert opened["numerator"] == hours
    assert opened["denominator"] == pytest.approx(today["denominator"])
    ends = {"first": midnight, "last": midnight + timedelta(days=1)}
    shown = read("net_sales_by_hour", scope, tz="America/New_York", **ends)
    assert shown["net_sales_amount"].sum() == hours
