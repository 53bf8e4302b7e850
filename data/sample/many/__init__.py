"""Order lines with their costs by the million, written straight as a version.

Only what margins are made of, over 24 months, spread evenly: the small sample has the rest. Rows
come from hashes of their number, month by month, so any size takes little memory. From
COLUMNS_FROM lines on, costs stand as columns of their order line, one a type, and not as postings.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from data.contract import EXTRACTS, MONEY, Extract
from data.loading import shortage_told
from data.report import Counts
from data.sample.chance import local_day
from data.versions import Staging, Version, current, publish, writing
from errors import BadInput, WarRoomError
from settings import Settings

NAME = "many_lines"
COLUMNS_FROM = 20_000_000  # lines
MONTHS = 24
# Measured with margin: what a line takes on disk with its costs and marts, and while marts are
# built.
BYTES_OF_POSTINGS, BYTES_OF_COLUMNS = 400, 250
COST_TYPES = ("material", "labor", "manufacturing", "freight", "commission", "warranty")
ALL_COST_TYPES = EXTRACTS["cost_items"].column("cost_type").values
ESTIMATED = "warranty"
_SQL = {file.stem: file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("*.sql")}
_OTHERS = {
    "org_units": """
        select 'ALL' as org_unit_id, null as parent_id, 'company' as level, 'All' as name,
            'Asia/Shanghai' as tz
        union all
        select 'REGION-' || range, 'ALL', 'region', 'Region ' || range, 'Asia/Shanghai'
        from range(6)
        union all
        select 'U-' || range, 'REGION-' || range % 6, 'branch', 'Branch ' || range, 'Asia/Shanghai'
        from range(48)""",
    "reps": """
        select 'R' || lpad(range::varchar, 4, '0') as rep_id, 'Rep ' || range as name,
            'rep' as role, 'U-' || range % 48 as org_unit_id
        from range($reps)""",
    "channels": """
        select 'CH-' || range as channel_id, 'Channel ' || range as name,
            ['direct', 'dealer', 'branch', 'online', 'store'][1 + range % 5] as channel_type
        from range(1, 9)""",
    "profit_units": """
        select 'PU-C' || range as profit_unit_id, 'customer_cluster' as unit_type,
            'Cluster ' || range as name, 'CLUSTER-' || range as match_value
        from range(6)
        union all
        select 'PU-L' || range, 'product_line', 'Line ' || range, 'LINE-' || range
        from range(20)""",
    "customers": "select *, 'U-' || rep_number % 48 as org_unit_id, "
    "'R' || lpad(rep_number::varchar, 4, '0') as owner_rep_id from customers",
    "products": "select * from products",
}


@dataclass(frozen=True)
class Size:
    """How many there are of what; customers, products and reps as of a company that large."""

    lines: int
    seed: int

    @property
    def customers(self) -> int:
        return min(200_000, max(2_000, self.lines // 500))

    @property
    def reps(self) -> int:
        return self.customers // 100

    @property
    def products(self) -> int:
        return 5_000

    @property
    def has_columns(self) -> bool:
        return self.lines >= COLUMNS_FROM

    @property
    def bytes_needed(self) -> int:
        return self.lines * (BYTES_OF_COLUMNS if self.has_columns else BYTES_OF_POSTINGS)


def make_many(
    settings: Settings,
    now: datetime,
    lines: int,
    seed: int,
    say: Callable[[str], None],
    build: Callable[[Path], None],
) -> Version:
    """Publishes a version of `lines` order lines up to the day before `now`, and nothing else.

    Same seed, lines and day: the same rows. Raises BadInput where other sources were loaded,
    WarRoomError where the disk is too small.
    """
    size = Size(lines, seed)
    _ensure_alone(settings.data)
    _ensure_room(settings.data, size)
    with shortage_told(settings), writing(settings.data, now) as staging:
        with TemporaryDirectory(dir=settings.data) as scratch, duckdb.connect() as con:
            con.execute("set global TimeZone = 'UTC'")
            con.execute(f"set memory_limit = '{settings.memory_limit}'")
            con.execute("set temp_directory = $folder", {"folder": scratch})
            rows = _write_all(con, staging, size, local_day(now), say)
        counts = {name: vars(Counts(number, number, 0)) for name, number in rows.items()}
        made = {"title": f"{lines:,} order lines", "loaded_at": now.isoformat(), "extracts": counts}
        staging.manifest = {"published_at": now.isoformat(), "sources": {NAME: made}}
        say(f"{NAME}: building marts and publishing")
        build(staging.path)
        return publish(staging, settings.keep_versions)


def _ensure_alone(root: Path) -> None:
    version = current(root)
    others = sorted(version.manifest["sources"].keys() - {NAME}) if version else []
    if others:
        raise BadInput(
            f"{root.name} holds {', '.join(others)}, which a sample of this size would replace.",
            "Set WARROOM_DATA to an empty folder.",
        )


def _ensure_room(root: Path, size: Size) -> None:
    root.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(root).free
    if free < size.bytes_needed:
        raise WarRoomError(
            f"{size.lines:,} order lines take {size.bytes_needed / 1e9:.1f} GB of disk, "
            f"{free / 1e9:.1f} GB are free.",
            "Free space, set WARROOM_DATA to another disk or choose a smaller scale.",
        )


def _write_all(
    con: duckdb.DuckDBPyConnection,
    staging: Staging,
    size: Size,
    today: date,
    say: Callable[[str], None],
) -> dict[str, int]:
    """The rows written of each extract."""
    known = {"customers": size.customers, "products": size.products, "reps": size.reps}
    for name in ("customers", "products"):
        bound = {key: value for key, value in {**known, "seed": size.seed}.items()
                 if f"${key}" in _SQL[name]}  # fmt: skip
        con.execute(f"create temp table {name} as {_SQL[name]}", bound)
    rows = {}
    for name, sql in _OTHERS.items():
        con.execute(f"create or replace temp table made as {sql}",
                    {"reps": size.reps} if "$reps" in sql else {})  # fmt: skip
        rows[name] = _write(con, staging, EXTRACTS[name], NAME, "made", "timestamptz '1970-01-01'")
    rows |= {"order_lines": 0} | ({} if size.has_columns else {"cost_items": 0})
    for month, bound in _months(size, today):
        say(f"{NAME}: making {month}")
        con.execute(
            f"create or replace temp table made as {_SQL['lines']}",
            {**bound, **known, "seed": size.seed},
        )
        file, known_at = f"{NAME}.{month}", "invoice_date + interval 1 day"
        rows["order_lines"] += _write(
            con, staging, EXTRACTS["order_lines"], file, "made", known_at,
            _as_columns() if size.has_columns else "",
        )  # fmt: skip
        if not size.has_columns:
            known_at = "posted_at + interval 1 day"
            rows["cost_items"] += _write(
                con, staging, EXTRACTS["cost_items"], file, f"({_postings()})", known_at
            )
    return rows


def _months(size: Size, today: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each month with the numbers of its lines and what spreads all lines over the days."""
    last = today - timedelta(1)
    first_month = last.year * 12 + last.month - MONTHS
    firsts = [date((first_month + n) // 12, (first_month + n) % 12 + 1, 1) for n in range(MONTHS)]
    days = (today - firsts[0]).days
    starts = [-(-(first - firsts[0]).days * size.lines // days) for first in firsts]
    spread = {"lines": size.lines, "first_day": firsts[0], "days": days}
    for first, start, end in zip(firsts, starts, [*starts[1:], size.lines], strict=True):
        yield f"{first:%Y_%m}", {"first": start, "last": end, **spread}


def _write(
    con: duckdb.DuckDBPyConnection,
    staging: Staging,
    extract: Extract,
    file: str,
    rows: str,
    known_at: str,
    more: str = "",
) -> int:
    """Writes the columns of the contract, null where `rows` lack them, and the bookkeeping."""
    con.execute(f"describe from {rows}")
    given = {row[0] for row in con.fetchall()}
    columns = ", ".join(
        f"{column.name if column.name in given else column.default or 'null'}::{column.type} "
        f"as {column.name}"
        for column in extract.columns
    )
    target = staging.path / extract.name / f"{file}.parquet"
    target.parent.mkdir(exist_ok=True)
    con.execute(
        f"copy (select {columns}{more}, '{NAME}' as source_system, ({known_at})::timestamptz as "
        f"extracted_at, ({known_at})::timestamptz as known_at, true as is_known_at_assumed "
        f"from {rows}) to '{target}' (format parquet, compression zstd)"
    )
    written = con.fetchone()
    return int(written[0]) if written else 0


def _as_columns() -> str:
    """The cost types of the contract as columns of an order line, null where none is posted."""
    amounts = [
        f"{f'{name}_amount' if name in COST_TYPES else 'null'}::{MONEY} as {name}_amount"
        for name in ALL_COST_TYPES
    ]
    return ", " + ", ".join([*amounts, f"{ESTIMATED}_amount::{MONEY} as estimated_amount"])


def _postings() -> str:
    """One cost of one line of table made; its warranty is an estimate."""
    return " union all ".join(
        f"select 'K' || number || '-' || {place} as cost_item_id, invoice_date as posted_at, "
        f"order_line_id, customer_id, project_id, '{name}' as cost_type, {name}_amount as amount, "
        f"true as is_variable, {str(name == ESTIMATED).lower()} as is_estimate "
        f"from made where {name}_amount is not null"
        for place, name in enumerate(COST_TYPES)
    )
