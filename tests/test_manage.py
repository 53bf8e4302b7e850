"""The command line: what is asked is answered, what is wrong is told with a status of its own."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import manage
from asking import params_of, reader, value_of
from data.loading import rebuild
from data.versions import all_versions, current, verify
from domain.status import Limits
from domain.thresholds import KIND, to_content
from errors import BadInput
from pages.panels.sight import thresholds
from queries.engines.duckdb import build
from queries.relations import MART_FILE
from settings import settings
from state import decide

SOURCE = """
name = "stub"
title = "Two files"
[files.stores]
path = "stores.csv"
format = "csv"
[files.pos_hours]
path = "pos_hours.csv"
format = "csv"
[extracts.stores]
rows_of = "stores"
[extracts.pos_hours]
rows_of = "pos_hours"
"""
STORES = "store_id,name,tz\na,=1+1,UTC\nb,北京,UTC\n"
HOURS = (
    "store_id,hour_start,net_sales,tickets,is_open,is_complete\n"
    "a,2026-03-02 08:00:00,100.25,1,true,true\n"
    "b,2026-03-02 08:00:00,50,1,true,true\n"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders of an installation and of a source, nothing loaded; it is 09:30."""
    monkeypatch.setenv("WARROOM_DATA", str(tmp_path / "extracts"))
    monkeypatch.setenv("WARROOM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WARROOM_STATE", f"sqlite:///{tmp_path / 'state.sqlite'}")
    monkeypatch.setenv("WARROOM_NOW", "2026-03-02T09:30+00:00")
    settings.cache_clear()
    (tmp_path / "source.toml").write_text(SOURCE)
    (tmp_path / "stores.csv").write_text(STORES, encoding="utf-8")
    (tmp_path / "pos_hours.csv").write_text(HOURS)
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def loaded(root: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert manage.main(["import", str(root), "--from", str(root)]) == 0
    capsys.readouterr()
    return root


def _rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    assert manage.main(["query", *words]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.usefixtures("loaded")
def test_a_query_gives_the_rows_of_a_view_as_of_now(capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows(capsys, "sales_since_open_rows")
    assert sorted(row["numerator"] for row in rows) == [50.0, 100.25]  # type: ignore[type-var]


@pytest.mark.usefixtures("loaded")
def test_a_query_is_narrowed_by_a_parameter(capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows(capsys, "sales_since_open_rows", "--set", "store_id=b")
    assert [(row["store_name"], row["numerator"]) for row in rows] == [("北京", 50.0)]


@pytest.mark.usefixtures("loaded")
def test_a_query_as_csv_holds_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["query", "sales_since_open_rows", "--set", "store_id=a", "--format", "csv"]
    assert manage.main(words) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["store_name"], row["numerator"]) == ("'=1+1", "100.25")


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["salaries"], "no view salaries"),
        (["sales_since_open_rows", "--set", "colour=red"], "colour"),
        (["sales_since_open_rows", "--set", "store_id"], "no value"),
        (["sales_since_open_rows", "--set", "hour=noon"], "a time such as"),
        (["sales_since_open_rows", "--as-of", "noon"], "no instant"),
        (["response_h_rows"], "Connect tickets"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert manage.main(["query", *words]) == 1
    said = capsys.readouterr()
    assert told in said.err and not said.out


def test_the_name_of_a_parameter_says_its_type() -> None:
    pairs = ["store_id=007", "today=2026-03-02", "now=2026-03-02T09:30", "week_count=8",
             "least_share=0.5", "is_open=true"]  # fmt: skip
    assert params_of(pairs) == {
        "store_id": "007", "today": date(2026, 3, 2), "now": datetime(2026, 3, 2, 9, 30),  # noqa: DTZ001
        "week_count": 8, "least_share": 0.5, "is_open": True,
    }  # fmt: skip


def test_what_is_written_stays_a_value() -> None:
    assert value_of("store_id", "'; drop table stores; --") == "'; drop table stores; --"
    with pytest.raises(BadInput, match="true or false"):
        value_of("is_open", "yes")


def test_build_publishes_the_same_rows_with_marts_of_their_own(loaded: Path) -> None:
    before = current(loaded / "extracts")
    assert manage.main(["build"]) == 0
    after = current(loaded / "extracts")
    assert before and after and after.id > before.id
    assert not verify(before, afresh=True) and not verify(after, afresh=True)
    links = [version.files("pos_hours")[0].stat().st_ino for version in (before, after)]
    assert links[0] == links[1]
    marts = [(version.path / MART_FILE).stat().st_ino for version in (before, after)]
    assert marts[0] != marts[1]


def test_data_are_as_old_after_a_build_as_before(loaded: Path) -> None:
    before = current(loaded / "extracts")
    made = rebuild(settings(), now=datetime(2026, 3, 3, tzinfo=UTC), build=build)
    assert before and made.manifest["published_at"] == before.manifest["published_at"]
    assert made.manifest["sources"] == before.manifest["sources"]


def test_build_refuses_a_damaged_version_and_the_last_one_stays(loaded: Path) -> None:
    before = current(loaded / "extracts")
    assert before
    file = before.files("stores")[0]
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert manage.main(["build"]) == 1
    assert [version.id for version in all_versions(loaded / "extracts")] == [before.id]


@pytest.mark.parametrize("word", ["build", "check"])
def test_without_data_there_is_nothing_to_do(
    root: Path, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert manage.main([word]) == 1
    assert "There is no data yet" in capsys.readouterr().err


def test_check_tells_a_script_what_is_damaged(
    loaded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version = current(loaded / "extracts")
    assert version and manage.main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": version.id, "problems": []}
    version.files("stores")[0].unlink()
    assert manage.main(["check", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"] == ["stores/stub.parquet is gone"]


def _units(name: str, *keys: str) -> tuple[str, str]:
    """A source.toml and the file of its units."""
    spec = f"""
name = "{name}"
title = "Units"
[files.org_units]
path = "{name}.csv"
format = "csv"
[extracts.org_units]
rows_of = "org_units"
"""
    rows = "\n".join(f"{key},,region,{key},UTC" for key in keys)
    return spec, f"org_unit_id,parent_id,level,name,tz\n{rows}\n"


def _import_units(root: Path, name: str, *keys: str) -> None:
    folder = root / name
    folder.mkdir()
    spec, rows = _units(name, *keys)
    (folder / "source.toml").write_text(spec)
    (folder / f"{name}.csv").write_text(rows)
    assert manage.main(["import", str(folder), "--from", str(folder)]) == 0


def test_a_second_source_takes_no_threshold_away_or_the_import_names_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _import_units(root, "erp", "north", "south")
    limits = Limits(0.5, 0.4)
    for unit in ("north", "south"):
        decide(KIND, "sales_since_open", unit, to_content(limits), by="Ann", reason="why",
               now=datetime(2026, 3, 2, tzinfo=UTC))  # fmt: skip
    _import_units(root, "crm", "south")
    held = thresholds(reader(None, None), "sales_since_open")
    assert held["erp:north"].limits == limits
    assert held["erp:south"].is_default and held["crm:south"].is_default
    told = capsys.readouterr().err
    assert "unit south (why, Ann) holds nowhere" in told and "unit north" not in told
