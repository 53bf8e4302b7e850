"""parts = true: of a glob of raw files only the changed ones are read, the rest is linked."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from data.loading import import_source
from data.report import LoadReport
from data.versions import locate, verify
from errors import BadInput
from settings import Settings

NOW = datetime(2026, 4, 1, tzinfo=UTC)
SOURCE = """
name = "shop"
title = "One file a month"
[files.hours]
path = "hours/*.csv"
format = "csv"
[extracts.pos_hours]
rows_of = "hours"
parts = true
"""
MAPPING = "select *, true as is_open, true as is_complete from raw.hours"
HEAD = "store_id,hour_start,net_sales\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    (folder / "hours").mkdir(parents=True)
    (folder / "source.toml").write_text(SOURCE)
    (folder / "pos_hours.sql").write_text(MAPPING)
    _deliver(folder, "2026-01", "a,2026-01-01 09:00:00,1", "b,2026-01-01 09:00:00,2")
    _deliver(folder, "2026-02", "a,2026-02-01 09:00:00,4", "b,,8")
    _deliver(folder, "2026-03", "a,2026-03-01 09:00:00,16")
    return folder


def _deliver(folder: Path, month: str, *lines: str) -> None:
    (folder / f"hours/{month}.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines))


def _load(folder: Path, chosen: Settings, **options: object) -> LoadReport:
    given: dict = {"raw_dir": folder, "now": NOW, **options}
    return import_source(folder, chosen, **given)


def _files(chosen: Settings, report: LoadReport) -> dict[str, Path]:
    version = locate(chosen.data, report.version)
    return {file.name.split(".")[1][:7]: file for file in version.files("pos_hours")}


def _sold(chosen: Settings, report: LoadReport) -> int:
    files = locate(chosen.data, report.version).path / "pos_hours/*.parquet"
    return int(duckdb.sql(f"select sum(net_sales) from '{files}'").fetchall()[0][0])


def test_each_file_is_a_part_and_counts_are_of_all_parts(
    shop: Path, installation: Settings
) -> None:
    report = _load(shop, installation)
    hours = report.extracts["pos_hours"]
    assert (hours.rows_in, hours.rows_on, hours.rows_quarantined) == (5, 4, 1)
    assert hours.rules == {"hour_start: missing": 1}
    assert list(_files(installation, report)) == ["2026_01", "2026_02", "2026_03"]
    assert _sold(installation, report) == 1 + 2 + 4 + 16


def test_only_the_changed_file_is_read(shop: Path, installation: Settings) -> None:
    first, said = _load(shop, installation), []
    _deliver(shop, "2026-03", "a,2026-03-01 09:00:00,16", "b,2026-03-01 09:00:00,32")
    second = _load(shop, installation, progress=said.append)
    assert [line for line in said if "reading" in line] == ["shop: reading 2026-03.csv"]
    old, new = _files(installation, first), _files(installation, second)
    assert [month for month in new if new[month].samefile(old[month])] == ["2026_01", "2026_02"]
    assert second.extracts["pos_hours"].rows_quarantined == 1
    assert _sold(installation, second) == 1 + 2 + 4 + 16 + 32
    assert verify(locate(installation.data, second.version)) == []


def test_a_new_file_is_a_new_part(shop: Path, installation: Settings) -> None:
    _load(shop, installation)
    _deliver(shop, "2026-04", "a,2026-04-01 09:00:00,64")
    report = _load(shop, installation)
    assert report.extracts["pos_hours"].rows_on == 5
    assert _sold(installation, report) == 1 + 2 + 4 + 16 + 64


def test_a_file_that_went_away_takes_its_part_along(shop: Path, installation: Settings) -> None:
    _load(shop, installation)
    (shop / "hours/2026-01.csv").unlink()
    with pytest.raises(BadInput, match="pos_hours has 2 rows, 4 before"):
        _load(shop, installation)
    report = _load(shop, installation, allow_shrink=True)
    assert _sold(installation, report) == 4 + 16


def test_a_part_may_not_lose_its_rows_unseen_among_many(shop: Path, installation: Settings) -> None:
    lines = [f"a,2026-04-01 {hour:02}:00:00,1" for hour in range(24)]
    _deliver(shop, "2026-04", *lines)
    _load(shop, installation)
    _deliver(shop, "2026-01", "a,2026-01-01 09:00:00,1")
    with pytest.raises(BadInput, match="1 rows, 2 before"):
        _load(shop, installation)


def test_a_key_in_two_files_goes_on_once_and_is_counted(shop: Path, installation: Settings) -> None:
    _deliver(shop, "2026-04", "a,2026-04-01 09:00:00,64", "a,2026-01-01 09:00:00,3")
    report = _load(shop, installation)
    assert report.extracts["pos_hours"].rules == {
        "hour_start: missing": 1,
        "store_id, hour_start: key stands in another file": 1,
    }
    assert _sold(installation, report) == 1 + 2 + 4 + 16 + 64
    again = _load(shop, installation, again=True)
    assert again.extracts == report.extracts


def test_the_row_that_was_known_first_stays_when_a_file_repeats_it(
    shop: Path, installation: Settings
) -> None:
    _load(shop, installation)
    _deliver(shop, "2025-12", "a,2025-12-01 09:00:00,32", "a,2026-01-01 09:00:00,3")
    report = _load(shop, installation)
    assert _sold(installation, report) == 1 + 2 + 4 + 16 + 32


def test_a_file_may_repeat_nothing_but_what_others_have(shop: Path, installation: Settings) -> None:
    first = _load(shop, installation)
    _deliver(shop, "late", "a,2026-01-01 09:00:00,3")
    report = _load(shop, installation)
    assert report.extracts["pos_hours"].rows_on == first.extracts["pos_hours"].rows_on
    assert report.extracts["pos_hours"].rows_quarantined == 1 + 1
    assert _load(shop, installation).is_unchanged


def test_a_file_of_broken_rows_is_refused_among_many_good_ones(
    shop: Path, installation: Settings
) -> None:
    _load(shop, installation)
    _deliver(shop, "2026-04", "a,2026-04-01 09:00:00,a lot")
    with pytest.raises(BadInput, match=r"1 of 1 rows .* net_sales: not a decimal"):
        _load(shop, installation)


def test_a_refused_repetition_goes_on_once_the_other_row_is_gone(
    shop: Path, installation: Settings
) -> None:
    _deliver(shop, "2026-04", "a,2026-04-01 09:00:00,64", "a,2026-01-01 09:00:00,128")
    _load(shop, installation)
    _deliver(shop, "2026-01", "b,2026-01-01 09:00:00,2")
    report = _load(shop, installation, allow_shrink=True)
    assert _sold(installation, report) == 2 + 4 + 16 + 64 + 128
    assert "key stands" not in report.text()


def test_known_at_is_carried_forward_where_rows_moved_to_another_file(
    shop: Path, installation: Settings
) -> None:
    _load(shop, installation)
    (shop / "hours/2026-03.csv").rename(shop / "hours/2026-03-01.csv")
    report = _load(shop, installation, now=NOW + timedelta(days=9))
    file = _files(installation, report)["2026_03"]
    rows = duckdb.sql(f"select known_at, is_known_at_assumed from '{file}'").fetchall()
    assert rows == [(datetime(2026, 3, 1, 9, tzinfo=UTC), True)]


@pytest.mark.parametrize(
    ("old", "new"),
    [('rows_of = "hours"', ""), ("parts = true", 'parts = true\nkey = "row_number"')],
)
def test_what_is_not_row_by_row_cannot_be_loaded_by_parts(
    shop: Path, installation: Settings, old: str, new: str
) -> None:
    (shop / "source.toml").write_text(SOURCE.replace(old, new))
    with pytest.raises(BadInput, match="cannot be loaded by parts"):
        _load(shop, installation)
