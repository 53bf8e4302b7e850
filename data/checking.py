"""Contract checks in SQL: every row of a mapping goes on or into quarantine, with its rules."""

from __future__ import annotations

from datetime import datetime

import duckdb

from data.contract import FLEXIBLE_PREFIX, Column, Extract
from data.source import Mapping, Source
from errors import BadInput

REFUSED = "refused_because"
MENDED = "mended_because"
IN_THE_FUTURE = "in the future"
IN_ANOTHER_FILE = "key stands in another file"
_GIVEN = "given_"  # a mapping's own column, beside the contract's of the same name


def make_macros(con: duckdb.DuckDBPyConnection, source: Source) -> None:
    """number(), day(), instant(): text read with the source's declared formats, null if not."""
    plain = f"replace(t, {_text(source.thousands)}, '')" if source.thousands else "t"
    if source.decimal != ".":
        plain = f"replace({plain}, {_text(source.decimal)}, '.')"
    con.execute(f"create macro number(t) as try_cast({plain} as decimal(18,6))")
    con.execute(f"create macro day(t) as {_moment(source.date_format)}::date")
    local = _moment(source.instant_format)
    con.execute(f"create macro instant(t) as timezone({_text(source.time_zone)}, {local})")


def _moment(pattern: str) -> str:
    """Trimmed only where it cannot be read as it stands: trimming takes as long as reading."""
    pattern = _text(pattern)
    return f"coalesce(try_strptime(t, {pattern}), try_strptime(trim(t), {pattern}))"


def check(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    mapping: Mapping,
    extract: Extract,
    not_after: datetime,
    elsewhere: str = "",
) -> None:
    """Makes table `checked` of the mapping's rows in their order, rowid + 1 being the source_row.

    It has those of the contract's columns that are mapped or in the key, x_*, mended_because,
    `broken` (the rules that the row breaks, null: it goes on) and, where broken, `row_as_given`
    in JSON. An event after `not_after` is in the future; `elsewhere` is SQL for keys that other
    parts of the extract have. Raises duckdb.Error when the mapping does not fit its files,
    BadInput when it lacks a column that the extract cannot be without.
    """
    con.execute(f"describe {mapping.sql}")
    given = {row[0]: row[1] for row in con.fetchall()}
    _ensure_complete(mapping, extract, given)
    _make(con, source, mapping, extract, given, not_after, "broken is not null")
    if mapping.key:
        return
    keys = ", ".join(extract.key)
    own = f"select {keys} from checked where broken is null group by {keys} having count(*) > 1"
    others = f"from checked semi join ({elsewhere}) using ({keys}) where broken is null"
    if _any(con, own) or (elsewhere and _any(con, f"select 1 {others}")):
        _make(con, source, mapping, extract, given, not_after, "true")
        if elsewhere:
            rows = f"rowid in (select checked.rowid {others})"
            _break(con, f"{keys}: {IN_ANOTHER_FILE}", rows)
        nth = f"row_number() over (partition by {keys} order by rowid)"
        ranked = f"select rowid as row_id, {nth} as nth from checked where broken is null"
        repeats = f"rowid in (select row_id from ({ranked}) where nth > 1)"
        _break(con, f"key repeats: {keys}", repeats)


def _any(con: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return con.execute(f"{rows} limit 1").fetchone() is not None


def _break(con: duckdb.DuckDBPyConnection, rule: str, rows: str) -> None:
    con.execute(f"update checked set broken = [{_text(rule)}] where {rows}")


def _ensure_complete(mapping: Mapping, extract: Extract, given: dict[str, str]) -> None:
    made = extract.key if mapping.key else ()
    for column in extract.columns:
        if column.is_required and not column.default and column.name not in (*given, *made):
            raise BadInput(
                f"{extract.name} has no {column.name}, which it cannot be without; it has "
                f"{', '.join(name for name in given if name != 'row_number')}.",
                "The column may have been renamed or left out; mend the file or the mapping.",
            )


def _make(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    mapping: Mapping,
    extract: Extract,
    given: dict[str, str],
    not_after: datetime,
    kept_as_given: str,
) -> None:
    columns = [
        column
        for column in extract.columns
        if column.name in given or (column.name in extract.key and not mapping.key)
    ]
    typed = [f"{_typed(column, given.get(column.name))} as {column.name}" for column in columns]
    typed += [f'"{_GIVEN}{name}" as "{name}"' for name in given if name.startswith(FLEXIBLE_PREFIX)]
    mended = f'"{_GIVEN}{MENDED}"' if MENDED in given else "null"
    rules = [rule for column in columns for rule in _rules(column, given, source)]
    rules += _future(extract, given, not_after)
    found = [f"case when {test} then {_text(rule)} end" for test, rule in rules]
    tests = [test for test, _ in rules]
    if REFUSED in given:
        tests.append(f'"{_GIVEN}{REFUSED}" is not null')
        found.append(f'"{_GIVEN}{REFUSED}"::varchar')
    broken = "null::varchar[]"
    if tests:
        named = f"list_filter([{', '.join(found)}], lambda rule: rule is not null)"
        broken = f"case when {' or '.join(tests)} then {named} end"
    as_given = ", ".join(f'"{name}" := "{_GIVEN}{name}"' for name in given)
    renamed = ", ".join(f'"{name}" as "{_GIVEN}{name}"' for name in given)
    con.execute(
        "create or replace temp table checked as "
        f"select * exclude ({', '.join(_quoted(given))}), "
        f"case when {kept_as_given} then to_json(struct_pack({as_given})) end as row_as_given "
        f"from (select *, {broken} as broken from (select *, {', '.join(typed)}, "
        f"{mended}::varchar as {MENDED} from (select {renamed} from ({mapping.sql}))))"
    )


def _quoted(given: dict[str, str]) -> list[str]:
    return [f'"{_GIVEN}{name}"' for name in given]


def _typed(column: Column, given: str | None) -> str:
    """SQL for the contract's value of a mapping's column, null where it cannot be read."""
    if given is None:
        return f"{column.default or 'null'}::{column.type}"
    name = f'"{_GIVEN}{column.name}"'
    if column.type == "VARCHAR":
        return f"nullif(trim({name}), '')" if given == "VARCHAR" else f"{name}::varchar"
    if given == column.type or (given, column.type) == ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"):
        return name
    if given == "VARCHAR":
        if column.type == "DATE":
            return f"day({name})"
        if column.type == "TIMESTAMPTZ":
            return f"instant({name})"
        if column.type != "BOOLEAN":
            return f"number({name})::{column.type}"
    return f"try_cast({name} as {column.type})"


def _rules(column: Column, given: dict[str, str], source: Source) -> list[tuple[str, str]]:
    """(SQL that is true where the rule is broken, the rule in words) of one column."""
    name = column.name
    if name not in given:
        return []
    raw = f'"{_GIVEN}{name}"'
    rules = []
    if column.type == "VARCHAR":
        if column.is_required:
            rules.append((f"{name} is null", "missing"))
    else:
        # CASE, so that the text is looked at only where it could not be read
        blank = f"trim({raw}) = ''" if given[name] == "VARCHAR" else "false"
        unread = f"coalesce({raw} is not null and not {blank}, false)"
        kind = column.type.lower()
        rules.append((f"case when {name} is null then {unread} else false end", f"not a {kind}"))
        if column.is_required:
            empty = f"({raw} is null or {blank})"
            rules.append((f"case when {name} is null then {empty} else false end", "missing"))
    if column.values:
        allowed = ", ".join(_text(item) for item in column.values)
        rules.append((f"{name} not in ({allowed})", f"not one of {', '.join(column.values)}"))
    if column.low is not None:
        rules.append((f"{name} < {column.low}", f"below {column.low:g}"))
    if column.high is not None:
        rules.append((f"{name} > {column.high}", f"above {column.high:g}"))
    if column.type == "DOUBLE":
        rules.append((f"not isfinite({name})", "not a finite number"))
    if column.type in ("DATE", "TIMESTAMPTZ"):
        outside = f"{name} < date '{source.earliest}' or {name} > date '{source.latest}'"
        rules.append((f"({outside})", f"outside {source.earliest} to {source.latest}"))
    return [(test, f"{name}: {what}") for test, what in rules]


def _future(extract: Extract, given: dict[str, str], not_after: datetime) -> list[tuple[str, str]]:
    name = extract.event_column
    if name not in given or extract.is_event_planned:
        return []
    rule = f"{name}: {IN_THE_FUTURE}"
    if extract.column(name).type == "DATE":
        return [(f"{name} > date '{not_after.date()}'", rule)]
    return [(f"{name} > timestamptz '{not_after.isoformat()}'", rule)]


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
