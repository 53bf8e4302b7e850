"""Raw files of every declared format become numbered rows."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.reading import find_files, open_raw
from data.source import RawFile, Source
from errors import BadInput

ROWS = pd.DataFrame({"name": ["华东", "<b>"], "amount": ["1.5", "2"]})


def _write(path: Path, form: str) -> None:
    if form == "xlsx":
        ROWS.to_excel(path, index=False)
    elif form == "jsonl":
        ROWS.to_json(path, orient="records", lines=True, force_ascii=False)
    else:
        ROWS.to_parquet(path)


def _source(folder: Path, form: str) -> Source:
    return Source("stub", "", folder, folder, (RawFile("rows", "rows", form),), ())


@pytest.mark.parametrize("form", ["xlsx", "jsonl", "parquet"])
def test_each_format_gives_its_rows_as_they_stand(tmp_path: Path, form: str) -> None:
    _write(tmp_path / f"rows.{form}", form)
    (tmp_path / f"rows.{form}").rename(tmp_path / "rows")
    con = duckdb.connect()
    (tmp_path / "scratch").mkdir()
    open_raw(con, _source(tmp_path, form), "rows", [tmp_path / "rows"], tmp_path / "scratch")
    found = con.execute("select name, amount::double, row_number from raw.rows").fetchall()
    assert found == [("华东", 1.5, 1), ("<b>", 2.0, 2)]


def test_a_truncated_parquet_file_is_refused_by_name(tmp_path: Path) -> None:
    ROWS.to_parquet(tmp_path / "whole.parquet")
    (tmp_path / "rows").write_bytes((tmp_path / "whole.parquet").read_bytes()[:-20])
    with pytest.raises(BadInput, match="rows cannot be read as parquet"):
        open_raw(
            duckdb.connect(), _source(tmp_path, "parquet"), "rows", [tmp_path / "rows"], tmp_path
        )


def test_an_unknown_encoding_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "rows").write_text("name\na\n")
    source = Source("stub", "", tmp_path, tmp_path, (RawFile("rows", "rows", "csv", "utf-9"),), ())
    with pytest.raises(BadInput, match="rows cannot be read as csv in utf-9"):
        open_raw(duckdb.connect(), source, "rows", [tmp_path / "rows"], tmp_path)


def test_a_glob_of_workbooks_of_one_name_is_read_whole(tmp_path: Path) -> None:
    for folder, name in [("a", "x"), ("b", "y")]:
        (tmp_path / folder).mkdir()
        pd.DataFrame({"name": [name]}).to_excel(tmp_path / folder / "rows.xlsx", index=False)
    source = Source("stub", "", tmp_path, tmp_path, (RawFile("rows", "*/rows.xlsx", "xlsx"),), ())
    (tmp_path / "scratch").mkdir()
    con = duckdb.connect()
    open_raw(con, source, "rows", find_files(source)["rows"], tmp_path / "scratch")
    assert con.execute("from raw.rows").fetchall() == [("x", 1), ("y", 2)]


def test_lines_that_a_sniffer_would_skip_are_read(tmp_path: Path) -> None:
    lines = ["name,amount", "#1,5", *(f"n{number},1" for number in range(50)), '"a, b",2']
    (tmp_path / "rows").write_text("\n".join(lines) + "\n")
    con = duckdb.connect()
    open_raw(con, _source(tmp_path, "csv"), "rows", [tmp_path / "rows"], tmp_path)
    rows = con.execute("from raw.rows").fetchall()
    assert (rows[0], rows[-1], len(rows)) == (("#1", "5", 1), ("a, b", "2", 52), 52)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_file_of_a_glob_may_gain_a_column_but_not_lose_one(tmp_path: Path, form: str) -> None:
    later = ROWS.assign(fax="1")
    for name, rows in [("rows-1", ROWS), ("rows-2", later), ("rows-3", ROWS.assign(tel="2"))]:
        rows.to_parquet(tmp_path / name) if form == "parquet" else rows.to_csv(
            tmp_path / name, index=False
        )
    source = Source("stub", "", tmp_path, tmp_path, (RawFile("rows", "rows-[12]", form),), ())
    con = duckdb.connect()
    columns = open_raw(con, source, "rows", find_files(source)["rows"], tmp_path)
    assert columns == ["name", "amount", "fax"]
    assert con.execute("select fax from raw.rows").fetchall() == [(None,)] * 2 + [("1",)] * 2
    with pytest.raises(BadInput, match=r"rows-3 has no fax, .*; it has amount, name, tel"):
        open_raw(con, source, "rows", sorted(tmp_path.glob("rows-*")), tmp_path)


def test_a_row_is_numbered_by_its_line_however_many_threads_read(tmp_path: Path) -> None:
    count = 400_000
    lines = "\n".join(f"{number},some text" for number in range(1, count + 1))
    (tmp_path / "rows").write_text(f"line,text\n{lines}\n")
    con = duckdb.connect(config={"threads": 4})
    open_raw(con, _source(tmp_path, "csv"), "rows", [tmp_path / "rows"], tmp_path)
    con.execute("create temp table mapped as select * from raw.rows")
    off = "select count(*) from mapped where line::bigint != row_number or row_number != rowid + 1"
    assert con.execute(off).fetchall() == [(0,)]
