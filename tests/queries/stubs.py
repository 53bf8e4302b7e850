"""Stub tables: rows written by hand become a version, its marts built as at a load."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from data.contract import BOOKKEEPING, EXTRACTS
from data.versions import publish, writing
from domain.scope import Scope
from queries.engines.duckdb import build

Rows = list[dict[str, object]]
LATER = datetime(2100, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
TODAY = date(2026, 3, 2)  # a Monday; it is 09:30 and the hour of nine is running
NOW = {"tz": "UTC", "today": TODAY, "now": datetime(2026, 3, 2, 9, 30)}  # noqa: DTZ001
AT_9_30 = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
UNITS: Rows = [
    {"org_unit_id": "c", "level": "company", "name": "Co", "tz": "UTC"},
    {"org_unit_id": "n", "parent_id": "c", "level": "region", "name": "North", "tz": "UTC"},
    {"org_unit_id": "s", "parent_id": "c", "level": "region", "name": "South", "tz": "UTC"},
]


def version_of(root: Path, extracts: dict[str, Rows], with_marts: bool = True) -> Scope:
    """Publishes the rows and gives a scope that sees all.

    A row lacks what does not matter: its source is "stub", it was known long ago.
    """
    with writing(root, datetime(2026, 1, 1, tzinfo=UTC)) as staging:
        for name, rows in extracts.items():
            _write(staging.path, name, rows)
        if with_marts:
            build(staging.path)
        staging.manifest = {"sources": {"stub": {}}, "published_at": "2026-01-01T00:00:00+00:00"}
        version = publish(staging, 24)
    return Scope(version.id, LATER)


def hour(
    store: str, at: str, sales: float, tickets: int | None = 1, is_complete: bool = True
) -> dict[str, object]:
    start = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return {
        "store_id": store, "hour_start": start, "net_sales": sales, "tickets": tickets,
        "is_open": True, "is_complete": is_complete, "known_at": start,
    }  # fmt: skip


def company() -> dict[str, Rows]:
    """A small company with two alike regions: every extract that a metric reads, ids by region."""
    rows: dict[str, Rows] = {
        "org_units": UNITS,
        "products": [{"product_id": "p", "valid_from": date(2020, 1, 1), "name": "Product"}],
        "targets": [
            _target("c", "revenue", 3000),
            _target("n", "revenue", 100),
            _target("c", "gross_margin_rate", 0.5),
            *(
                {**_target(f"{region}-u", "gross_margin_rate", 0.4), "owner_type": "profit_unit"}
                for region in ("north", "south")
            ),
        ],
    }
    for region, factor in [("north", 1), ("south", 2)]:
        for name, found in _region(region, factor).items():
            rows.setdefault(name, []).extend(found)
    return rows


def _region(region: str, factor: int) -> dict[str, Rows]:
    unit = region[0]
    weeks = [TODAY - timedelta(days=7 * week) for week in range(10)]
    return {
        "reps": [{"rep_id": f"{region}-rep", "valid_from": date(2020, 1, 1),
                  "name": f"{region} rep", "org_unit_id": unit}],
        "stores": [{"store_id": f"{region}-{number}", "name": f"{region} store {number}",
                    "org_unit_id": unit, "tz": "UTC", "manager_rep_id": f"{region}-rep"}
                   for number in (1, 2)],
        "customers": [{"customer_id": f"{region}-k", "name": f"{region} customer",
                       "customer_cluster": f"{region} cluster", "org_unit_id": unit}],
        "profit_units": [{"profit_unit_id": f"{region}-u", "unit_type": "customer_cluster",
                          "name": f"{region} unit", "match_value": f"{region} cluster",
                          "owner_rep_id": f"{region}-rep", "valid_from": date(2020, 1, 1)}],
        "contract_clauses": [{"clause_id": f"{region}-q", "scenario_id": "plain",
                              "opp_id": f"{region}-d1", "clause_type": "base",
                              "delta_price": 100 * factor, "delta_cost": 60 * factor}],
        "pos_hours": [hour(f"{region}-{number}", f"{day} {at}:00", factor * (40 + 3 * week))
                      for number in (1, 2) for week, day in enumerate(weeks)
                      for at in ("08", "10")[: 2 if week else 1]],
        "order_lines": [_line(region, number, factor) for number in (1, 2, 3)],
        "cost_items": [{"cost_item_id": f"{region}-c{number}", "posted_at": TODAY,
                        "order_line_id": f"{region}-l{number}", "cost_type": kind, "amount": 30}
                       for number in (1, 2) for kind in ("material", "labor", "freight")]
                      + [{"cost_item_id": f"{region}-c0", "posted_at": TODAY,
                          "cost_type": "selling", "amount": 7 * factor,
                          "project_id": f"{region}-project"}],
        "opportunities": [_deal(region, number, factor) for number in (1, 2, 3, 4)],
        "contracts": [_contract(region, number, factor) for number in (1, 2, 3)],
        "tickets": [{"ticket_id": f"{region}-t{number}", "customer_id": f"{region}-k",
                     "ticket_type": "complaint", "opened_at": AT_9_30 - timedelta(hours=9 * number),
                     "first_response_at": AT_9_30 - timedelta(hours=8 * number)
                     if number > 1 else None}
                    for number in (1, 2, 3)],
    }  # fmt: skip


def _line(region: str, number: int, factor: int) -> dict[str, object]:
    return {
        "order_line_id": f"{region}-l{number}", "order_id": f"{region}-o",
        "invoice_date": TODAY - timedelta(days=number // 3 * 40), "customer_id": f"{region}-k",
        "product_id": "p", "store_id": f"{region}-1", "org_unit_id": region[0],
        "rep_id": f"{region}-rep", "project_id": f"{region}-project",
        "net_revenue": 100 * factor + number,
    }  # fmt: skip


def _deal(region: str, number: int, factor: int) -> dict[str, object]:
    closed = AT_9_30 - timedelta(days=3) if number > 2 else None
    return {
        "opp_id": f"{region}-d{number}", "name": f"{region} deal", "stage_id": "x",
        "org_unit_id": region[0], "customer_id": f"{region}-k", "owner_rep_id": f"{region}-rep",
        "amount": 100 * factor * number, "created_at": AT_9_30 - timedelta(days=30),
        "expected_close_date": TODAY + timedelta(days=number), "closed_at": closed,
        "is_won": number == 3 if closed else None,
    }  # fmt: skip


def _contract(region: str, number: int, factor: int) -> dict[str, object]:
    return {
        "contract_id": f"{region}-x{number}", "customer_id": f"{region}-k",
        "contract_kind": "service", "start_date": date(2025, 3, number),
        "end_date": TODAY - timedelta(days=number), "annual_value": 1000 * factor,
        "renewed_by_contract_id": f"{region}-y" if number > 1 else None,
    }  # fmt: skip


def _target(unit: str, metric: str, value: float) -> dict[str, object]:
    return {
        "period_start": date(2026, 1, 1), "period_end": date(2026, 3, 31),
        "owner_type": "org_unit", "owner_id": unit, "metric": metric, "target_value": value,
    }  # fmt: skip


def _write(folder: Path, name: str, rows: Rows) -> None:
    columns = (*EXTRACTS[name].columns, *BOOKKEEPING)
    usual = {"source_system": "stub", "known_at": LONG_AGO, "extracted_at": LONG_AGO}
    with duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        flexible = sorted({key for row in rows for key in row if key.startswith("x_")})
        typed = [
            *(f"{c.name} {c.type}" for c in columns),
            *(f"{name} VARCHAR" for name in flexible),
        ]
        con.execute(f"create table t ({', '.join(typed)})")
        for row in rows:
            full = {**usual, **row}
            names, marks = ", ".join(full), ", ".join(f"${key}" for key in full)
            con.execute(f"insert into t ({names}) values ({marks})", full)
        (folder / name).mkdir()
        for source in sorted({str(row.get("source_system", "stub")) for row in rows} or {"stub"}):
            con.execute(
                f"copy (select * from t where source_system = '{source}') "
                f"to '{folder / name / source}.parquet' (format parquet)"
            )
