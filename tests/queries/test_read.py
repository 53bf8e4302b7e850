"""The one door: what was known then, in the unit asked for, or what to connect."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.loading import import_source
from domain.scope import Scope
from errors import DataMissing
from queries import read
from settings import Settings, settings

SOURCE = """
name = "stub"
title = "Two stores in two regions"
delay_hours = 1
[files.org_units]
path = "org_units.csv"
format = "csv"
[files.stores]
path = "stores.csv"
format = "csv"
[files.pos_hours]
path = "pos_hours.csv"
format = "csv"
[extracts.org_units]
rows_of = "org_units"
[extracts.stores]
rows_of = "stores"
[extracts.pos_hours]
rows_of = "pos_hours"
"""
FILES = {
    "org_units": "org_unit_id,parent_id,level,name,tz\n"
    "c,,company,Co,UTC\nn,c,region,North,UTC\ns,c,region,South,UTC\n",
    "stores": "store_id,name,org_unit_id,tz\n1,A,n,UTC\n2,B,s,UTC\n",
    "pos_hours": "store_id,hour_start,net_sales,is_open,is_complete\n"
    "1,2026-03-02 08:00:00,100,true,true\n2,2026-03-02 08:00:00,40,true,true\n"
    "1,2026-03-02 09:00:00,7,true,true\n",
}
HOURS = {
    "tz": "UTC",
    "first": datetime(2026, 3, 2, 8),  # noqa: DTZ001
    "last": datetime(2026, 3, 2, 10),  # noqa: DTZ001
}


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "source.toml").write_text(SOURCE)
    for name, content in FILES.items():
        (tmp_path / f"{name}.csv").write_text(content)
    monkeypatch.setenv("WARROOM_DATA", str(tmp_path / "extracts"))
    settings.cache_clear()
    now = datetime(2026, 4, 1, tzinfo=UTC)
    report = import_source(tmp_path, Settings(), raw_dir=tmp_path, now=now)
    assert report.is_clean, report.text()
    yield report.version
    settings.cache_clear()


def test_an_hour_is_invisible_until_it_is_known(version: str) -> None:
    before_ten = Scope(version, datetime(2026, 3, 2, 9, 59, tzinfo=UTC))
    assert read("net_sales_by_hour", before_ten, **HOURS)["net_sales_amount"][0] == 140
    assert read("net_sales_by_hour", before_ten, **HOURS)["net_sales_amount"].isna()[1]
    later = Scope(version, datetime(2026, 3, 2, 10, tzinfo=UTC))
    assert read("net_sales_by_hour", later, **HOURS)["net_sales_amount"].tolist() == [140, 7]


def test_a_unit_sees_its_own_stores_only(version: str) -> None:
    south = Scope(version, datetime(2026, 3, 3, tzinfo=UTC)).narrowed("s")
    assert read("net_sales_by_hour", south, **HOURS)["net_sales_amount"].tolist() == [40, 0]


def test_what_is_not_connected_is_named(version: str) -> None:
    scope = Scope(version, datetime(2026, 3, 3, tzinfo=UTC))
    with pytest.raises(DataMissing, match="cost_items, order_lines"):
        read("gross_margin_mtd", scope, first_day=HOURS["first"], today=HOURS["last"])
