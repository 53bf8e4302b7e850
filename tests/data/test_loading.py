"""Loading: every row is accounted for, and what is broken leaves the last version in place."""

import json
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from data.loading import import_source
from data.report import LoadReport
from data.versions import all_versions, current, verify
from errors import BadInput
from settings import Settings

NOW = datetime(2026, 4, 1, tzinfo=UTC)
HEAD = "order_line_id;invoice_date;net_revenue;customer_id"
GOOD = ["1;31/01/2026;1.234,50;a", "2;01/02/2026;-10,00;b", "3;02/02/2026;7,00;c"]
SOURCE = """
name = "stub"
title = "Semicolons, decimal commas, days first"
date_format = "%d/%m/%Y"
decimal = ","
thousands = "."
[files.order_lines]
path = "lines.csv"
format = "csv"
delimiter = ";"
encoding = "{encoding}"
[extracts.order_lines]
rows_of = "order_lines"
"""


def _load(
    folder: Path, chosen: Settings, lines: list[str], encoding: str = "utf-8", head: str = HEAD
) -> LoadReport:
    (folder / "source.toml").write_text(SOURCE.format(encoding=encoding))
    (folder / "lines.csv").write_text("\n".join([head, *lines]) + "\n", encoding=encoding)
    return import_source(folder, chosen, raw_dir=folder, now=NOW)


def _rows(chosen: Settings, sql: str) -> list[tuple]:
    version = current(chosen.data)
    assert version
    return duckdb.sql(sql.format(rows=f"'{version.path}/order_lines/*.parquet'")).fetchall()


def test_declared_formats_are_what_text_is_read_by(tmp_path: Path, installation: Settings) -> None:
    assert _load(tmp_path, installation, GOOD).is_clean
    found = _rows(installation, "select invoice_date::text, net_revenue::text from {rows}")
    assert found[0] == ("2026-01-31", "1234.500000")


def test_spaces_around_a_value_do_not_matter(tmp_path: Path, installation: Settings) -> None:
    assert _load(tmp_path, installation, [" 1 ; 31/01/2026 ; 1.234,50 ; a "]).is_clean
    found = _rows(
        installation,
        "select order_line_id, invoice_date::text, net_revenue::text, customer_id from {rows}",
    )
    assert found == [("1", "2026-01-31", "1234.500000", "a")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "gb18030"])
def test_each_declared_encoding_is_read(
    tmp_path: Path, installation: Settings, encoding: str
) -> None:
    name = {"cp1252": "Müller", "gb18030": "华东", "utf-16": "华东", "utf-8-sig": "华东"}[encoding]
    _load(tmp_path, installation, [*GOOD, f"4;01/02/2026;1,00;{name}"], encoding)
    assert (name,) in _rows(installation, "select customer_id from {rows}")


def test_rows_in_are_rows_on_plus_rows_in_quarantine(
    tmp_path: Path, installation: Settings
) -> None:
    dirty = ["4;31/02/2026;1,00;a", "5;;1,00;a", "6;01/02/1026;1,00;a", "1;01/02/2026;2,00;a"]
    counts = _load(tmp_path, installation, [*GOOD * 1, *dirty, "7;03/02/2026;4,00;d"])
    lines = counts.extracts["order_lines"]
    assert (lines.rows_in, lines.rows_on, lines.rows_quarantined) == (8, 4, 4)
    assert lines.rules == {
        "invoice_date: missing": 1,
        "invoice_date: not a date": 1,
        "invoice_date: outside 1990-01-01 to 2100-01-01": 1,
        "key repeats: order_line_id": 1,
    }


@pytest.mark.parametrize(
    ("lines", "head", "complaint"),
    [
        ([], HEAD, "has no rows"),
        (GOOD[:1], HEAD, "1 rows, 3 before"),
        (["1;x;1,00;a", "2;x;1,00;a", "3;x;1,00;a"], HEAD, "not a date"),
        (["1;01/02/2026"], HEAD, "cannot be read"),
    ],
)
def test_a_bad_file_is_refused_and_the_last_version_stays(
    tmp_path: Path, installation: Settings, lines: list[str], head: str, complaint: str
) -> None:
    good = _load(tmp_path, installation, GOOD)
    with pytest.raises(BadInput, match=complaint):
        _load(tmp_path, installation, lines, head=head)
    version = current(installation.data)
    assert version and version.id == good.version
    assert verify(version) == []
    assert not list(installation.data.glob(".staging-*"))


def test_known_at_is_carried_forward(tmp_path: Path, installation: Settings) -> None:
    _load(tmp_path, installation, GOOD)
    _load(tmp_path, installation, [*GOOD, "4;01/02/2026;1,00;a"])
    rows = dict(_rows(installation, "select order_line_id, is_known_at_assumed from {rows}"))
    assert rows == {"1": True, "2": True, "3": True, "4": False}


def test_only_the_newest_versions_are_kept(tmp_path: Path, installation: Settings) -> None:
    few = installation.model_copy(update={"keep_versions": 2})
    published = [
        _load(tmp_path, few, [*GOOD, f"{n};01/02/2026;1,00;a"]).version for n in range(4, 7)
    ]
    assert [version.id for version in all_versions(few.data)] == published[:0:-1]


def test_a_changed_byte_is_found(tmp_path: Path, installation: Settings) -> None:
    _load(tmp_path, installation, GOOD)
    version = current(installation.data)
    assert version
    file = version.files("order_lines")[0]
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o644)
    file.write_bytes(content)
    assert verify(version) == [
        "order_lines/stub.parquet has another content than when it was published"
    ]


def test_the_manifest_says_what_was_loaded(tmp_path: Path, installation: Settings) -> None:
    report = _load(tmp_path, installation, GOOD)
    manifest = json.loads((installation.data / report.version / "manifest.json").read_text())
    assert manifest["sources"]["stub"]["extracts"]["order_lines"]["rows_on"] == 3
