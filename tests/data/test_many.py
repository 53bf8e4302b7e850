"""Order lines by the million: as in the contract, the same each time, refused without room."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from data.contract import EXTRACTS
from data.sample import many
from data.sample.many import NAME, make_many
from data.versions import Version, current, verify
from errors import BadInput, WarRoomError
from settings import Settings

NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
LINES = 3_000
Query = Callable[[str], list[tuple]]


def _made(folder: Path, lines: int = LINES, seed: int = 1, build: object = None) -> Version:
    return make_many(
        Settings(data=folder), NOW, lines, seed, lambda _: None, build or (lambda _: None)
    )  # type: ignore[arg-type]


def _query(version: Version) -> Query:
    con = duckdb.connect()
    for name in version.extracts:
        con.execute(f"create view {name} as from read_parquet('{version.path}/{name}/*.parquet')")
    return lambda sql: con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    return _made(tmp_path_factory.mktemp("many"))


@pytest.fixture(scope="module")
def query(version: Version) -> Query:
    return _query(version)


@pytest.fixture
def two_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MONTHS", 2)


def test_every_extract_has_the_columns_of_the_contract_and_whole_keys(
    version: Version, query: Query
) -> None:
    assert set(version.extracts) == {
        "order_lines", "cost_items", "customers", "products", "reps", "channels", "org_units",
        "profit_units",
    }  # fmt: skip
    for name in version.extracts:
        extract = EXTRACTS[name]
        types = {row[0]: row[1] for row in query(f"describe {name}")}
        assert all(types[column.name].startswith(column.type[:9]) for column in extract.columns)
        needed = " or ".join(f"{c.name} is null" for c in extract.columns if c.is_required)
        assert query(f"select count(*) from {name} where {needed}") == [(0,)], name
        keys = ", ".join(extract.key)
        assert query(f"select count(*), count(distinct ({keys})) from {name}")[0][0] > 0
        assert query(f"select count(*) - count(distinct ({keys})) from {name}") == [(0,)], name


def test_there_are_as_many_lines_as_asked_for_evenly_over_24_months_up_to_yesterday(
    query: Query,
) -> None:
    assert query("select count(*), max(invoice_date)::text from order_lines") == [
        (LINES, "2026-11-23")
    ]
    months = query("select count(*) from order_lines group by date_trunc('month', invoice_date)")
    assert len(months) == 24  # December 2024 to November 2026: 723 days of 4.15 lines
    assert all(95 <= number <= 130 for (number,) in months)


def test_a_line_adds_up_and_finds_what_it_names(query: Query) -> None:
    wrong = "net_revenue <> list_amount - discount_amount - rebate_amount"
    assert query(f"select count(*) from order_lines where {wrong}") == [(0,)]
    for name in ("customer", "product", "rep", "channel", "org_unit"):
        lost = f"select count(*) from order_lines anti join {name}s using ({name}_id)"
        assert query(lost) == [(0,)], name
    assert query("select count(*) from cost_items anti join order_lines using (order_line_id)") == [
        (0,)
    ]
    assert query("select count(distinct cost_type) from cost_items") == [(6,)]


@pytest.mark.usefixtures("two_months")
def test_the_same_seed_makes_the_same_rows_and_another_seed_others(tmp_path: Path) -> None:
    def rows(folder: str, seed: int) -> list[tuple]:
        made = _made(tmp_path / folder, 100, seed)
        return _query(made)("from order_lines order by order_line_id")

    assert rows("same", 1) == rows("again", 1)
    assert rows("other", 2) != rows("same again", 1)


def test_a_large_sample_has_the_same_costs_as_columns_of_its_lines(
    query: Query, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "COLUMNS_FROM", 1)
    large = _made(tmp_path)
    assert "cost_items" not in large.extracts
    assert _query(large)("select sum(material_amount), sum(estimated_amount) from order_lines") == [
        query(
            "select sum(amount) filter (where cost_type = 'material'), "
            "sum(amount) filter (where is_estimate) from cost_items"
        )[0]
    ]


@pytest.mark.usefixtures("two_months")
def test_it_is_a_version_like_any_other_with_what_build_adds(tmp_path: Path) -> None:
    def build(folder: Path) -> None:
        (folder / "marts").mkdir()
        (folder / "marts" / "mart").write_text("made")

    version = _made(tmp_path, 100, build=build)
    assert current(tmp_path) == version
    assert verify(version) == []
    assert "marts/mart" in version.manifest["files"]
    assert version.manifest["sources"][NAME]["extracts"]["order_lines"]["rows_on"] == 100


def test_where_the_disk_is_short_it_says_how_much_is_needed_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = SimpleNamespace(free=3_000_000_000)
    monkeypatch.setattr(many.shutil, "disk_usage", lambda _: free)
    with pytest.raises(WarRoomError, match=r"100,000,000 order lines take 25\.0 GB of disk, 3\.0"):
        _made(tmp_path, 100_000_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("two_months")
def test_it_does_not_mix_with_what_was_imported(tmp_path: Path) -> None:
    version = _made(tmp_path, 100)
    manifest = (version.path / "manifest.json").read_text()
    (version.path / "manifest.json").chmod(0o644)
    (version.path / "manifest.json").write_text(manifest.replace(NAME, "shop"))
    with pytest.raises(BadInput, match="holds shop"):
        _made(tmp_path, 100)
