"""A mapping run over its raw files, its rows checked and counted."""

from __future__ import annotations

import re
from datetime import datetime

import duckdb

from data.checking import MENDED, check
from data.contract import EXTRACTS
from data.fingerprints import files_of
from data.report import Counts
from data.source import Mapping, Source
from errors import BadInput

_MISSING = re.compile(r'column "(.+?)" not found|does not have a column named "(.+?)"')


def map_rows(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    mapping: Mapping,
    not_after: datetime,
    elsewhere: str = "",
) -> Counts:
    """Makes table `checked` (see data.checking) and counts what is in it.

    Raises BadInput when the mapping does not fit its files, or loses or repeats their rows.
    """
    extract = EXTRACTS[mapping.extract]
    try:
        check(con, source, mapping, extract, not_after, elsewhere)
    except (duckdb.ProgrammingError, duckdb.DataError) as error:
        raise _misfit(con, source, mapping, error) from None
    rows_in = _number(con, "select count(*) from checked")
    if mapping.rows_of:
        came = _number(con, f"select count(*) from raw.{mapping.rows_of}")
        if came != rows_in:
            raise BadInput(
                f"{extract.name}.sql makes {rows_in:,} rows of {came:,} in {mapping.rows_of}.",
                "A join or filter loses or repeats rows: use a left join on a unique key, and "
                "refused_because for rows that must not go on.",
            )
    rows_on = _number(con, "select count(*) from checked where broken is null")
    rules = _tally(con, "select unnest(broken) as what from checked where broken is not null")
    mended = _tally(con, f"select {MENDED} as what from checked where {MENDED} is not null")
    return Counts(rows_in, rows_on, rows_in - rows_on, rules, mended)


def _misfit(
    con: duckdb.DuckDBPyConnection, source: Source, mapping: Mapping, error: duckdb.Error
) -> BadInput:
    """The error in words: which column is missing, and what the files have instead."""
    missing = _MISSING.search(str(error))
    if not missing:
        paths = ", ".join(source.file(raw).path for raw in files_of(source, mapping))
        return BadInput(
            f"{mapping.extract}.sql does not fit {paths}: {str(error).splitlines()[0]}",
            "A column may have been renamed or a file be damaged; mend the file or the mapping.",
        )
    name = missing.group(1) or missing.group(2)
    has = [f"{source.file(raw).path} has {_columns(con, raw)}" for raw in files_of(source, mapping)]
    return BadInput(
        f"{mapping.extract}.sql reads the column {name}, which is missing: {'; '.join(has)}.",
        "It may have been renamed or left out; mend the file or the mapping.",
    )


def _columns(con: duckdb.DuckDBPyConnection, raw: str) -> str:
    rows = con.execute(f"describe raw.{raw}").fetchall()
    return ", ".join(row[0] for row in rows if row[0] != "row_number")


def _tally(con: duckdb.DuckDBPyConnection, rows: str) -> dict[str, int]:
    con.execute(f"select what, count(*) from ({rows}) group by what order by 2 desc, 1")
    return dict(con.fetchall())


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = con.execute(sql).fetchone()
    return int(found[0]) if found else 0
