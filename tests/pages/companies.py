"""Companies for the pages, written as raw files and loaded like any other source."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.loading import import_source
from data.versions import Version, locate
from queries.engines.duckdb import build
from settings import settings

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)  # a Monday
HOSTILE = (
    "<script>document.title='hacked'</script>",
    "\"'><img src=x onerror=\"document.title='hacked'\">",
    'O\'Brien & "Sons" \\ {name} {0} %s ${x}',
    "x" * 300,
    "👩‍👩‍👧‍👦 Łódź 北京 🏪",
    "\u202eesrever \u0627\u0644\u0631\u064a\u0627\u0636",
    "=1+1",
    "  ",
)
Rows = list[dict[str, object]]


def load(folder: Path, **extracts: Rows) -> Version:
    """Writes a source of one CSV file an extract into `folder` and loads it."""
    folder.mkdir(exist_ok=True)
    lines = ['name = "stub"', 'title = "Stub"', 'instant_format = "%Y-%m-%dT%H:%M:%S%z"']
    for name, rows in extracts.items():
        lines += [f"[files.{name}]", f'path = "{name}.csv"', 'format = "csv"']
        lines += [f"[extracts.{name}]", f'rows_of = "{name}"']
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    (folder / "source.toml").write_text("\n".join(lines))
    report = import_source(folder, settings(), raw_dir=folder, now=NOW, build=build)
    return locate(settings().data, report.version)


def hour(store: str, at: datetime, sales: float, tickets: int) -> dict[str, object]:
    return {"store_id": store, "hour_start": at.isoformat(), "net_sales": sales,
            "tickets": tickets, "is_open": True, "is_complete": True}  # fmt: skip


def one_row() -> dict[str, Rows]:
    """One store that sold once, this morning."""
    return {
        "stores": [{"store_id": "a", "name": "Only", "tz": "UTC"}],
        "pos_hours": [hour("a", NOW.replace(hour=8, minute=0), 10.0, 1)],
    }


def hostile() -> dict[str, Rows]:
    """Units, reps, stores and customers with hostile names and keys; every store has lost half."""
    ids = [f"{number}\"'<" for number in range(len(HOSTILE))]
    weeks = [NOW.replace(hour=8, minute=0) - timedelta(days=7 * week) for week in range(9)]
    return {
        "org_units": [{"org_unit_id": "c", "parent_id": "", "level": "company", "tz": "UTC",
                       "name": HOSTILE[0], "manager_rep_id": ""},
                      *({"org_unit_id": key, "parent_id": "c", "level": "region", "tz": "UTC",
                         "name": name, "manager_rep_id": key}
                        for key, name in zip(ids, HOSTILE, strict=True))],
        "reps": [{"rep_id": key, "valid_from": "2020-01-01", "name": name, "org_unit_id": key}
                 for key, name in zip(ids, HOSTILE, strict=True)],
        "stores": [{"store_id": key, "name": name, "org_unit_id": key, "tz": "UTC",
                    "manager_rep_id": key} for key, name in zip(ids, HOSTILE, strict=True)],
        "pos_hours": [hour(key, week, 100.0 if number else 50.0, 40)
                      for key in ids for number, week in enumerate(weeks)],
        "customers": [{"customer_id": key, "name": name, "org_unit_id": key}
                      for key, name in zip(ids, HOSTILE, strict=True)],
        "tickets": [{"ticket_id": f"t{number}", "customer_id": key, "ticket_type": "complaint",
                     "opened_at": (NOW - timedelta(hours=30)).isoformat(),
                     "first_response_at": (NOW - timedelta(hours=2)).isoformat()}
                    for number, key in enumerate(ids * 6)],
    }  # fmt: skip
