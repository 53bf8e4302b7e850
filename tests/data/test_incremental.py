"""A second load reads what changed and takes over the rest; a load of nothing new is none."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from data.loading import import_source
from data.report import LoadReport
from data.versions import all_versions, current, locate, verify
from errors import BadInput
from settings import Settings

NOW = datetime(2026, 4, 1, tzinfo=UTC)
SOURCE = """
name = "shop"
title = "Two files, three extracts"
[files.stores]
path = "stores.csv"
format = "csv"
[files.hours]
path = "hours*.csv"
format = "csv"
[extracts.stores]
rows_of = "stores"
[extracts.pos_hours]
rows_of = "hours"
"""
HOURS = """select store_id, hour_start, net_sales, true as is_open, true as is_complete
from raw.hours"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "source.toml").write_text(SOURCE)
    (folder / "pos_hours.sql").write_text(HOURS)
    (folder / "stores.csv").write_text("store_id,name,tz\na,Alpha,UTC\nb,Beta,UTC\n")
    (folder / "hours.csv").write_text(
        "store_id,hour_start,net_sales\na,2026-03-01 09:00:00,5\nc,2026-03-01 09:00:00,7\n"
    )
    return folder


def _load(folder: Path, chosen: Settings, now: datetime = NOW, **options: object) -> LoadReport:
    return import_source(folder, chosen, raw_dir=folder, now=now, **options)  # type: ignore[arg-type]


def _append(file: Path, line: str) -> None:
    file.write_text(file.read_text() + line + "\n")


def test_nothing_new_publishes_nothing(shop: Path, installation: Settings) -> None:
    first = _load(shop, installation)
    second = _load(shop, installation)
    assert (second.is_unchanged, second.version) == (True, first.version)
    assert second.extracts == first.extracts
    assert len(all_versions(installation.data)) == 1


def test_a_touched_file_of_the_same_content_is_nothing_new(
    shop: Path, installation: Settings
) -> None:
    _load(shop, installation)
    os.utime(shop / "hours.csv", (1, 1))
    assert _load(shop, installation).is_unchanged


def test_an_extract_whose_files_stand_is_linked_and_its_counts_carried_over(
    shop: Path, installation: Settings
) -> None:
    first = _load(shop, installation)
    _append(shop / "hours.csv", "b,2026-03-01 09:00:00,1")
    second = _load(shop, installation)
    assert second.kept == ("stores",)
    old, new = (locate(installation.data, report.version).path for report in (first, second))
    assert (new / "stores/shop.parquet").samefile(old / "stores/shop.parquet")
    assert second.extracts["stores"] == first.extracts["stores"]
    assert second.extracts["pos_hours"].rows_on == 3


def test_raw_files_of_linked_extracts_are_not_read(shop: Path, installation: Settings) -> None:
    said: list[str] = []
    _load(shop, installation)
    _append(shop / "hours.csv", "b,2026-03-01 09:00:00,1")
    _load(shop, installation, progress=said.append)
    assert "shop: reading hours*.csv" in said
    assert not any("stores" in line for line in said)


def test_quarantine_of_a_linked_extract_is_linked_too(shop: Path, installation: Settings) -> None:
    _append(shop / "stores.csv", "d,,UTC")
    _load(shop, installation)
    _append(shop / "hours.csv", "b,2026-03-01 09:00:00,1")
    report = _load(shop, installation)
    assert report.extracts["stores"].rules == {"name: missing": 1}
    kept_back = locate(installation.data, report.version).path / "quarantine/shop.stores.parquet"
    assert duckdb.read_parquet(str(kept_back)).fetchall() == [
        (3, ["name: missing"], '{"store_id":"d","name":null,"tz":"UTC","row_number":3}')
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("pos_hours.sql", "net_sales,", "number(net_sales) + 1 as net_sales,"),
        ("source.toml", 'title = "Two', 'delay_hours = 2\ntitle = "Two'),
    ],
)
def test_a_changed_mapping_or_setting_reads_again(
    shop: Path, installation: Settings, file: str, old: str, new: str
) -> None:
    _load(shop, installation)
    (shop / file).write_text((shop / file).read_text().replace(old, new))
    assert "pos_hours" not in _load(shop, installation).kept


def test_references_are_counted_again_where_either_side_changed(
    shop: Path, installation: Settings
) -> None:
    first = _load(shop, installation)
    assert first.extracts["pos_hours"].unmatched == {"store_id in stores": 1}
    _append(shop / "stores.csv", "c,Gamma,UTC")
    second = _load(shop, installation)
    assert second.kept == ("pos_hours",)
    assert second.extracts["pos_hours"].unmatched == {}


def test_a_file_of_a_glob_that_went_away_is_a_change(shop: Path, installation: Settings) -> None:
    (shop / "hours_2.csv").write_text((shop / "hours.csv").read_text().replace("03-01", "03-02"))
    _load(shop, installation)
    (shop / "hours_2.csv").unlink()
    with pytest.raises(BadInput, match="2 rows, 4 before"):
        _load(shop, installation)
    assert _load(shop, installation, allow_shrink=True).extracts["pos_hours"].rows_on == 2


def test_a_row_that_lay_in_the_future_goes_on_once_it_has_come(
    shop: Path, installation: Settings
) -> None:
    _append(shop / "hours.csv", "a,2026-04-03 09:00:00,5")
    report = _load(shop, installation)
    assert report.extracts["pos_hours"].rules == {"hour_start: in the future": 1}
    assert _load(shop, installation, NOW + timedelta(hours=1)).is_unchanged
    later = _load(shop, installation, NOW + timedelta(days=2))
    assert later.extracts["pos_hours"].rows_on == 3
    assert later.is_clean


def test_again_reads_everything(shop: Path, installation: Settings) -> None:
    first = _load(shop, installation)
    second = _load(shop, installation, again=True)
    assert second.kept == ()
    assert second.version > first.version


def test_what_build_adds_is_part_of_the_version_and_no_extract(
    shop: Path, installation: Settings
) -> None:
    def build(folder: Path) -> None:
        (folder / "marts").mkdir()
        sold = f"select sum(net_sales)::bigint as sold from '{folder}/pos_hours/*.parquet'"
        duckdb.sql(f"copy ({sold}) to '{folder}/marts/total.parquet'")

    _load(shop, installation, build=build)
    version = current(installation.data)
    assert version
    assert duckdb.sql(f"from '{version.path}/marts/total.parquet'").fetchall() == [(5 + 7,)]
    assert "marts/total.parquet" in version.manifest["files"]
    assert version.extracts == ("pos_hours", "stores")
    assert verify(version) == []


def test_marts_are_not_taken_over_from_the_version_before(
    shop: Path, installation: Settings
) -> None:
    def build(folder: Path) -> None:
        (folder / "marts").mkdir()
        (folder / "marts/old.parquet").write_text("")

    _load(shop, installation, build=build)
    _append(shop / "hours.csv", "b,2026-03-01 09:00:00,1")
    report = _load(shop, installation)
    assert not (installation.data / report.version / "marts").exists()


def test_a_failed_build_publishes_nothing(shop: Path, installation: Settings) -> None:
    def build(_: Path) -> None:
        raise BadInput("The marts cannot be built.")

    with pytest.raises(BadInput, match="marts"):
        _load(shop, installation, build=build)
    assert current(installation.data) is None
    assert list(installation.data.glob("[0-9]*")) == []


def test_new_columns_are_accepted_and_named(shop: Path, installation: Settings) -> None:
    _load(shop, installation)
    (shop / "stores.csv").write_text("store_id,name,tz,fax\na,Alpha,UTC,1\nb,Beta,UTC,2\n")
    report = _load(shop, installation)
    assert report.new_columns == {"stores.csv": ["fax"]}
    assert "stores.csv has new columns: fax" in report.text()


def test_a_renamed_column_is_named_with_what_the_file_has(
    shop: Path, installation: Settings
) -> None:
    text = (shop / "hours.csv").read_text().replace("hour_start", "hour")
    (shop / "hours.csv").write_text(text)
    complaint = r"the column hour_start, which is missing: hours.* has store_id, hour, net_sales"
    with pytest.raises(BadInput, match=complaint):
        _load(shop, installation)


def test_a_needed_column_of_a_file_without_mapping_is_named(
    shop: Path, installation: Settings
) -> None:
    (shop / "stores.csv").write_text("store_id,label,tz\na,Alpha,UTC\n")
    with pytest.raises(BadInput, match=r"stores has no name, .* it has store_id, label, tz"):
        _load(shop, installation)


def test_a_damaged_file_is_never_published_as_whole(shop: Path, installation: Settings) -> None:
    version = locate(installation.data, _load(shop, installation).version)
    _flip(version.files("stores")[0])
    _append(shop / "hours.csv", "b,2026-03-01 09:00:00,1")
    after = locate(installation.data, _load(shop, installation).version)
    assert verify(after) == ["stores/shop.parquet has another content than when it was published"]


def test_what_was_known_is_not_read_from_a_damaged_file(shop: Path, installation: Settings) -> None:
    version = locate(installation.data, _load(shop, installation).version)
    _flip(version.files("pos_hours")[0])
    _append(shop / "hours.csv", "b,2026-03-01 09:00:00,1")
    with pytest.raises(BadInput, match="The current version is damaged: pos_hours"):
        _load(shop, installation)


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)


@pytest.mark.parametrize("file", ["hours.csv", "hours_2.csv"])
def test_a_file_that_grows_or_comes_while_it_is_read_is_refused(
    shop: Path, installation: Settings, file: str
) -> None:
    def deliver_late(line: str) -> None:
        if line == "shop: checking pos_hours":
            (shop / file).write_text("store_id,hour_start,net_sales\na,2026-03-02 09:00:00,5\n")

    with pytest.raises(BadInput, match=rf"{file} was written to while it was read"):
        _load(shop, installation, progress=deliver_late)
    assert current(installation.data) is None


def test_what_is_planned_may_lie_ahead(shop: Path, installation: Settings) -> None:
    with (shop / "source.toml").open("a") as toml:
        toml.write('[files.contracts]\npath = "contracts.csv"\nformat = "csv"\n')
        toml.write('[extracts.contracts]\nrows_of = "contracts"\n')
    (shop / "contracts.csv").write_text("contract_id,start_date\na,2026-09-01\n")
    assert _load(shop, installation).extracts["contracts"].rows_on == 1
