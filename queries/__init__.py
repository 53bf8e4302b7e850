"""SQL, and the one door that runs it: read(view, scope, **params)."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator
from datetime import datetime

import pandas as pd

from domain.dimensions import MEASURES
from domain.scope import Scope
from errors import BadInput, DataMissing
from queries.answers import answers_at
from queries.composed import COMPOSED, composed
from queries.opening import cursor, opened
from queries.views import MARTS, PAGE, View, screen
from settings import settings

_EXPORT_SECONDS = 60.0
_BATCH_ROWS = 2000
_CLOCK = {"first_day", "today", "now", "tz"}  # one call suits all metrics: not all use all four
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def read(view: str, scope: Scope, **params: object) -> pd.DataFrame:
    """The rows of a screen view that `scope` may see, known at its `as_of`.

    `view` is a file name in screens/, `params` its $parameters. Raises DataMissing where an
    extract is not connected, BadInput for an unknown view or parameter and QueryFailed when
    the query is stopped at its limit. The frame is the caller's own to change.
    """
    found, bound = _asked(view, scope, params)
    return _answer(found.sql, found, scope, bound)


def page(view: str, scope: Scope, offset: int, limit: int, **params: object) -> pd.DataFrame:
    """`limit` rows of a rows view from row `offset` on, in the view's own order."""
    found, bound = _asked(view, scope, params, is_page=True)
    cut = "limit $page_limit offset $page_offset"
    sql = found.sql.replace(PAGE, cut) if PAGE in found.sql else f"{found.sql}\n{cut}"
    return _answer(sql, found, scope, {**bound, "page_limit": limit, "page_offset": offset})


def totals(view: str, scope: Scope, **params: object) -> dict[str, float | int | None]:
    """What a rows view adds up to: row_count, numerator, denominator (None without rows).

    Lines of margins have no numerator: their amounts are added up, each under its own name.
    """
    found, bound = _asked(view, scope, params)
    added = MEASURES[1:] if view in COMPOSED else ("numerator", "denominator")
    sums = ", ".join(f"sum({name})::double as {name}" for name in added)
    sql = f"select count(*)::bigint as row_count, {sums} from ({found.sql}\n)"
    row = _answer(sql, found, scope, bound).iloc[0]
    found_sums = {name: None if pd.isna(row[name]) else float(row[name]) for name in added}
    return {"row_count": int(row["row_count"]), **found_sums}


def stream_csv(view: str, scope: Scope, **params: object) -> Iterator[bytes]:
    """The whole view as CSV in UTF-8 with a byte order mark, batch by batch.

    A text that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    found, bound = _asked(view, scope, params)  # errors come before the first byte
    return _csv(found, scope, bound)


def needs(view: str) -> tuple[str, ...]:
    """The extracts without which a screen view cannot answer."""
    found = MARTS["margin_lines"] if view in COMPOSED else screen(view)
    return tuple(sorted(found.needs()))


def parameters(view: str) -> frozenset[str]:
    """The names of a screen view's $parameters."""
    return COMPOSED[view].parameters if view in COMPOSED else screen(view).parameters


def _asked(
    name: str, scope: Scope, params: dict[str, object], is_page: bool = False
) -> tuple[View, dict[str, object]]:
    missing = tuple(sorted(frozenset(needs(name)) - opened(scope.version).extracts))
    if missing:
        raise DataMissing(missing)
    if name in COMPOSED:
        return composed(name, scope, params, is_page)
    view = screen(name)
    unknown = params.keys() - view.parameters - _CLOCK
    lacking = view.parameters - view.optional - params.keys()
    if unknown or lacking:
        raise BadInput(f"{name} needs {sorted(lacking)} and does not know {sorted(unknown)}.")
    return view, {key: params.get(key) for key in sorted(view.parameters)}


def _answer(sql: str, view: View, scope: Scope, bound: dict[str, object]) -> pd.DataFrame:
    def compute() -> pd.DataFrame:
        with cursor(scope, settings().screen_seconds, view.name) as own:
            return own.execute(sql, bound).df()

    said = repr((view.name, sql, view.digest, sorted(bound.items()), scope))
    key = hashlib.sha256(said.encode()).hexdigest()
    return answers_at(settings().cache, os.getpid()).get(key, compute)


def _csv(view: View, scope: Scope, bound: dict[str, object]) -> Iterator[bytes]:
    with cursor(scope, _EXPORT_SECONDS, view.name) as own:
        own.execute(view.sql, bound)
        yield b"\xef\xbb\xbf" + _lines([[column[0] for column in own.description or ()]])
        while rows := own.fetchmany(_BATCH_ROWS):
            yield _lines([[_cell(value) for value in row] for row in rows])


def _lines(rows: list[list[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS) and not _is_number(value):
        return f"'{value}"
    return value.isoformat(" ") if isinstance(value, datetime) else value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return not text[0].isspace() and "_" not in text
