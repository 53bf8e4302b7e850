"""Contract checks in SQL: every row of a mapping goes on or into quarantine, with its rules."""

from __future__ import annotations

import duckdb

from data.contract import Column, Extract
from data.source import Mapping, Source

REFUSED = "refused_because"
MENDED = "mended_because"


def make_macros(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """number(), day(), instant(): text read with the source's declared formats, null if not."""
    grouped = f"replace(trim(t), {_text(source.thousands)}, '')" if source.thousands else "trim(t)"
    plain = f"replace({grouped}, {_text(source.decimal)}, '.')"
    con.execute(f"create macro number(t) as try_cast({plain} as decimal(18,6))")
    day = f"try_strptime(trim(t), {_text(source.date_format)})::date"
    con.execute(f"create macro day(t) as {day}")
    local = f"try_strptime(trim(t), {_text(source.instant_format)})"
    con.execute(f"create macro instant(t) as timezone({_text(source.time_zone)}, {local})")


def check(
    con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping, extract: Extract
) -> None:
    """Makes table `checked`: the contract's columns, x_*, mended_because, and `broken`, a list
    of the rules that the row of table `mapped` breaks (empty: it goes on).
    """
    con.execute("select column_name, data_type from duckdb_columns() where table_name = 'mapped'")
    given = dict(con.fetchall())
    columns, rules = [], []
    for column in extract.columns:
        name = column.name
        if mapping.key and extract.key == (name,):
            columns.append(f"source_row::varchar as {name}")
        elif name in given:
            columns.append(f"{_typed(column, given[name])} as {name}")
            rules += _rules(column, given[name], source)
        else:
            columns.append(f"{column.default or 'null'}::{column.type} as {name}")
            if column.is_required and not column.default:
                rules.append(f"'{name}: missing'")
    columns += [name for name in given if name.startswith("x_")]
    reason = REFUSED if REFUSED in given else "null"
    mended = MENDED if MENDED in given else "null"
    found = f"list_filter([{', '.join([f'{reason}::varchar', *rules])}], lambda r: r is not null)"
    con.execute(
        f"create or replace temp table typed as select source_row, {', '.join(columns)}, "
        f"{mended}::varchar as {MENDED}, {found} as broken from mapped"
    )
    repeats = "false"
    if not mapping.key:
        order = "order by len(broken) > 0, source_row"
        repeats = f"row_number() over (partition by {', '.join(extract.key)} {order}) > 1"
    con.execute(
        f"create or replace temp table checked as select * replace (case when {repeats} then "
        f"list_append(broken, 'key repeats: {', '.join(extract.key)}') else broken end "
        "as broken) from typed"
    )


def _typed(column: Column, given: str) -> str:
    name = f'"{column.name}"'
    if column.type == "VARCHAR":
        return f"nullif(trim({name}::varchar), '')"
    if given == "VARCHAR":
        if column.type == "DATE":
            return f"day({name})"
        if column.type == "TIMESTAMPTZ":
            return f"instant({name})"
        if column.type != "BOOLEAN":
            return f"number({name})::{column.type}"
    return f"try_cast({name} as {column.type})"


def _rules(column: Column, given: str, source: Source) -> list[str]:
    value, name = _typed(column, given), column.name
    blank = (
        f"nullif(trim({name}::varchar), '') is null" if given == "VARCHAR" else f"{name} is null"
    )
    rules = []
    if column.type != "VARCHAR":
        rules.append((f"not ({blank}) and ({value}) is null", f"not a {column.type.lower()}"))
    if column.is_required:
        rules.append((blank, "missing"))
    if column.values:
        allowed = ", ".join(_text(item) for item in column.values)
        rules.append((f"{value} not in ({allowed})", f"not one of {', '.join(column.values)}"))
    if column.low is not None:
        rules.append((f"{value} < {column.low}", f"below {column.low:g}"))
    if column.high is not None:
        rules.append((f"{value} > {column.high}", f"above {column.high:g}"))
    if column.type == "DOUBLE":
        rules.append((f"not isfinite({value})", "not a finite number"))
    if column.type in ("DATE", "TIMESTAMPTZ"):
        outside = f"{value} < date '{source.earliest}' or {value} > date '{source.latest}'"
        rules.append((outside, f"outside {source.earliest} to {source.latest}"))
    return [f"case when {test} then {_text(f'{name}: {what}')} end" for test, what in rules]


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
