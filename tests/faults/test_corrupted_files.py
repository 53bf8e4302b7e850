"""Broken files: none is published silently wrong, none that was published is read when changed.

A raw file that cannot be told from a good one by its form (a flipped digit) is told by the
sender's SHA256SUMS; without them, what goes on and what does not is at least counted.
"""

import hashlib
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data.loading import import_source
from data.report import LoadReport
from data.versions import current, locate, verify
from errors import BadInput
from settings import Settings

NOW = datetime(2026, 4, 1, tzinfo=UTC)
ROWS = 200
TOTAL = ROWS * (ROWS - 1) / 2
SOURCE = """
name = "shop"
title = "The same lines as text and as Parquet"
[files.lines]
path = "lines.{form}"
format = "{form}"
[extracts.order_lines]
rows_of = "lines"
"""
MAPPING = "select order_line_id, invoice_date, net_revenue, customer_id from raw.lines"
FORMS = ("csv", "parquet")
Change = Callable[[pd.DataFrame], pd.DataFrame]


def _lines() -> pd.DataFrame:
    numbers = range(ROWS)
    return pd.DataFrame(
        {
            "order_line_id": [f"line {number}" for number in numbers],
            "invoice_date": [f"2026-01-{number % 28 + 1:02}" for number in numbers],
            "net_revenue": [float(number) for number in numbers],
            "customer_id": [f"customer {number % 7}" for number in numbers],
        }
    )


def _deliver(folder: Path, form: str, rows: pd.DataFrame) -> Path:
    (folder / "source.toml").write_text(SOURCE.format(form=form))
    (folder / "order_lines.sql").write_text(MAPPING)
    file = folder / f"lines.{form}"
    if form == "csv":
        rows.to_csv(file, index=False)
    else:
        rows.to_parquet(file)
    return file


def _load(folder: Path, chosen: Settings) -> LoadReport:
    return import_source(folder, chosen, raw_dir=folder, now=NOW)


def _stays(chosen: Settings, version_id: str) -> None:
    version = current(chosen.data)
    assert version and version.id == version_id
    assert verify(version) == []


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


@pytest.mark.parametrize("form", FORMS)
def test_a_flipped_bit_is_told_by_the_senders_checksums(
    tmp_path: Path, installation: Settings, form: str
) -> None:
    file, chance = _deliver(tmp_path, form, _lines()), random.Random(1)
    whole = file.read_bytes()
    sums = f"{hashlib.sha256(whole).hexdigest()}  {file.name}\n"
    (tmp_path / "SHA256SUMS").write_text(sums)
    good = _load(tmp_path, installation)
    for _ in range(8):
        file.write_bytes(_flipped(whole, chance))
        with pytest.raises(BadInput, match="not the file that SHA256SUMS names"):
            _load(tmp_path, installation)
    _stays(installation, good.version)


@pytest.mark.parametrize("form", FORMS)
def test_a_truncated_file_is_refused(tmp_path: Path, installation: Settings, form: str) -> None:
    file, chance = _deliver(tmp_path, form, _lines()), random.Random(2)
    whole = file.read_bytes()
    good = _load(tmp_path, installation)
    within_the_last_line = len(whole) - 3
    for cut in [within_the_last_line, *(chance.randrange(len(whole) - 1) for _ in range(7))]:
        file.write_bytes(whole[:cut])
        with pytest.raises(BadInput):
            _load(tmp_path, installation)
    _stays(installation, good.version)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda rows: rows.drop(columns="net_revenue"), "column net_revenue, which is missing"),
        (lambda rows: rows.rename(columns={"net_revenue": "net"}), "has order_line_id, .*, net, "),
        (lambda rows: rows.assign(net_revenue="a lot"), "net_revenue: not a decimal"),
        (lambda rows: rows.assign(invoice_date="31/12/2026"), "invoice_date: not a date"),
        (lambda rows: rows.assign(order_line_id="the same"), "key repeats: order_line_id"),
        (lambda rows: rows.head(0), "has no rows"),
        (lambda rows: rows.head(ROWS // 2), "100 rows, 200 before"),
    ],
)
def test_a_file_of_another_shape_is_refused_and_says_why(
    tmp_path: Path, installation: Settings, form: str, change: Change, complaint: str
) -> None:
    _deliver(tmp_path, form, _lines())
    good = _load(tmp_path, installation)
    _deliver(tmp_path, form, change(_lines()))
    with pytest.raises(BadInput, match=complaint):
        _load(tmp_path, installation)
    _stays(installation, good.version)


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_file_is_refused(tmp_path: Path, installation: Settings, form: str) -> None:
    file = _deliver(tmp_path, form, _lines())
    good = _load(tmp_path, installation)
    file.write_bytes(b"")
    with pytest.raises(BadInput):
        _load(tmp_path, installation)
    _stays(installation, good.version)


@pytest.mark.parametrize("form", FORMS)
def test_rows_that_repeat_a_key_are_counted_and_their_first_goes_on(
    tmp_path: Path, installation: Settings, form: str
) -> None:
    _deliver(tmp_path, form, pd.concat([_lines(), _lines().head(5)]))
    report = _load(tmp_path, installation)
    lines = report.extracts["order_lines"]
    assert (lines.rows_in, lines.rows_on, lines.rows_quarantined) == (ROWS + 5, ROWS, 5)
    files = locate(installation.data, report.version).path / "order_lines/*.parquet"
    total = duckdb.sql(f"select sum(net_revenue)::double from '{files}'").fetchall()
    assert total == [(TOTAL,)]


def test_a_link_instead_of_a_file_is_refused(tmp_path: Path, installation: Settings) -> None:
    file = _deliver(tmp_path, "csv", _lines())
    file.rename(tmp_path / "elsewhere.csv")
    file.symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(BadInput, match=r"lines\.csv is a link"):
        _load(tmp_path, installation)


def test_a_pattern_that_matches_nothing_is_refused(tmp_path: Path, installation: Settings) -> None:
    _deliver(tmp_path, "csv", _lines()).unlink()
    with pytest.raises(BadInput, match=r"There is no lines\.csv"):
        _load(tmp_path, installation)


@pytest.mark.parametrize("form", FORMS)
def test_every_changed_byte_of_a_published_version_is_found(
    tmp_path: Path, installation: Settings, form: str
) -> None:
    _deliver(tmp_path, form, _lines())
    version = locate(installation.data, _load(tmp_path, installation).version)
    file, chance = version.files("order_lines")[0], random.Random(3)
    whole = file.read_bytes()
    file.chmod(0o644)
    for _ in range(8):
        file.write_bytes(_flipped(whole, chance))
        assert len(verify(version, afresh=True)) == 1
        file.write_bytes(whole[: chance.randrange(len(whole))])
        assert len(verify(version, afresh=True)) == 1
    file.unlink()
    assert verify(version, afresh=True) == ["order_lines/shop.parquet is gone"]
    file.write_bytes(whole)
    assert verify(version, afresh=True) == []


def test_a_changed_manifest_is_found(tmp_path: Path, installation: Settings) -> None:
    _deliver(tmp_path, "csv", _lines())
    version = locate(installation.data, _load(tmp_path, installation).version)
    file, chance = version.path / "manifest.json", random.Random(4)
    whole = file.read_bytes()
    for _ in range(8):
        file.write_bytes(_flipped(whole, chance))
        try:
            problems = verify(locate(installation.data, version.id))
        except BadInput:
            problems = ["it cannot even be read"]
        assert problems
    file.write_bytes(whole)
    assert verify(locate(installation.data, version.id)) == []
