"""The views that are made from the contract: extracts and marts as a scope may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from data.contract import BOOKKEEPING, EXTRACTS, MONEY, Extract
from domain.dimensions import COST_MEASURES

MART_FILE = "marts/marts.duckdb"  # native tables, opened read-only by any number of processes
_KNOWN_AT = {
    # A row of a running hour is replaced when the hour is over, and keeps its known_at; until
    # then it stands in the data because the hour has begun.
    "pos_hours": "case when is_complete then greatest(known_at, hour_start + interval 1 hour) "
    "else hour_start end",
}


def sources_of(folder: Path) -> set[str]:
    """The sources whose rows stand in a version's folder, by the names of its files."""
    files = (file for name in EXTRACTS for file in (folder / name).glob("*.parquet"))
    return {file.stem.split(".")[0] for file in files}


def present_in(folder: Path) -> set[str]:
    """The extracts that a version's folder holds."""
    return {name for name in EXTRACTS if any((folder / name).glob("*.parquet"))}


def loaded(folder: Path) -> Iterator[str]:
    """SQL for loaded.<extract>: every row of a version's Parquet, none where it has no files.

    With more than one source, keys and references read `<source_system>:<key>`.
    """
    several, present = len(sources_of(folder)) > 1, present_in(folder)
    for extract in EXTRACTS.values():
        rows, shown = f"({_empty(extract)})", "*"
        if extract.name in present:
            rows = f"read_parquet('{folder}/{extract.name}/*.parquet', union_by_name = true)"
            shown = f"* replace ({_prefixed(extract)})" if several else "*"
        if extract.name == "order_lines":
            rows = f"({_with_costs(rows)})"
        yield f"create view loaded.{extract.name} as select {shown} from {rows}"


def known(marts: Mapping[str, str]) -> Iterator[str]:
    """SQL for known.<extract> and known.<mart>: all units, but only what was known at as_of.

    A mart stands there as it would have been built at that moment.
    """
    for name in EXTRACTS:
        yield (
            f"create view known.{name} as select * from loaded.{name} "
            f"where {_KNOWN_AT.get(name, 'known_at')} <= getvariable('as_of')"
        )
    for name, sql in marts.items():
        yield f"create view known.{name} as {sql.replace('loaded.', 'known.')}"


def visible_extracts(present: set[str]) -> Iterator[str]:
    """SQL for <extract>: what was known at the cursor's as_of, in the cursor's unit."""
    made: set[str] = set()
    for name in EXTRACTS:
        yield from _visible(EXTRACTS[name], present, made)


def visible_marts(names: Iterable[str]) -> Iterator[str]:
    """SQL for <mart>: like an extract, by its own known_at and org_unit_id."""
    for name in names:
        yield (
            f"create view {name} as select * from loaded.{name} "
            "where known_at <= getvariable('as_of') and (getvariable('unit_id') is null "
            "or org_unit_id in (select org_unit_id from visible_units))"
        )


def _prefixed(extract: Extract) -> str:
    keys = [
        column.name
        for column in extract.columns
        if column.references or column.name == extract.id_column
    ]
    return ", ".join(f"source_system || ':' || {key} as {key}" for key in keys)


def _with_costs(rows: str) -> str:
    """Order lines with the columns of their costs, null where a source brings postings instead."""
    costs = ", ".join(f"null::{MONEY} as {name}" for name in (*COST_MEASURES, "estimated_amount"))
    return f"select * from {rows} union all by name select {costs} where false"


def _empty(extract: Extract) -> str:
    columns = (*extract.columns, *BOOKKEEPING)
    nulls = ", ".join(f"null::{column.type} as {column.name}" for column in columns)
    return f"select {nulls} where false"


def _visible(extract: Extract, present: set[str], made: set[str]) -> Iterator[str]:
    if extract.name in made:
        return
    made.add(extract.name)
    inside = "getvariable('unit_id') is null"
    if extract.scope_column == "org_unit_id":
        inside += " or org_unit_id in (select org_unit_id from visible_units)"
    elif not extract.scope_column:
        inside = "true"
    else:
        owner = EXTRACTS[extract.column(extract.scope_column).references]
        if owner.name in present:
            yield from _visible(owner, present, made)
            inside += f" or {extract.scope_column} in (select {owner.id_column} from {owner.name})"
    yield (
        f"create view {extract.name} as select * from loaded.{extract.name} where "
        f"{_KNOWN_AT.get(extract.name, 'known_at')} <= getvariable('as_of') and ({inside})"
    )
