"""The table as a file, whole: every member of every level that is unfolded, and the totals."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import xlsxwriter
from flask import Flask, Response, request

from domain.profile import COST_COLUMN, COST_TYPES
from errors import WarRoomError
from pages.money import lines
from pages.money.asked import asked_of
from pages.money.ground import Ground, ground_of, whole
from pages.money.labels import dimension_label, period_label
from pages.money.opened import opened_of
from pages.money.table import named_rows
from pages.money.tree import Row, rate_of
from pages.panels.view import scope_of
from queries import stream_csv

MOST_ROWS = 100_000  # a level; a spreadsheet holds a million
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add_routes(server: Flask) -> None:
    """Adds the files of the profit page to the app's server."""
    server.add_url_rule("/profit.csv", "profit_csv", table_csv)
    server.add_url_rule("/profit.xlsx", "profit_xlsx", table_xlsx)
    server.add_url_rule("/profit-lines.csv", "profit_lines", lines_csv)


def table_csv() -> Response:
    """The table that the address asks for, as CSV in UTF-8 with a byte order mark."""
    try:
        ground = _ground()
        text = io.StringIO()
        csv.writer(text).writerows([_safe(value) for value in row] for row in _rows(ground))
    except WarRoomError as error:
        return _refused(error)
    return _file("﻿".encode() + text.getvalue().encode("utf-8", "replace"), ground, "csv")


def table_xlsx() -> Response:
    """The same as a workbook; levels are outlined, nothing in it is a formula."""
    try:
        ground = _ground()
        content = workbook(list(_rows(ground)), len(ground.asked.drilled))
    except WarRoomError as error:
        return _refused(error)
    return _file(content, ground, "xlsx")


def lines_csv() -> Response:
    """All order lines of what stands open, as CSV."""
    try:
        ground = _ground()
        opened = opened_of(ground.asked.opened or '{"lines":[]}', ground.say("profit.problem.open"))
        asked = lines.question(ground, opened) if opened else {}
        content: Any = stream_csv("margin_lines_rows", ground.scope, **asked)
    except WarRoomError as error:
        return _refused(error)
    return _file(content, ground, "csv", "order-lines")


def _ground() -> Ground:
    asked = asked_of(**request.args.to_dict())
    scope = None if asked.is_refused else scope_of(asked.unit, asked.as_of)
    if scope is None:
        raise WarRoomError("There is nothing to export.", "Open the page again.")
    return ground_of(replace(asked, most=MOST_ROWS), scope)


def _rows(ground: Ground) -> Iterable[list[Any]]:
    """A heading, one list of values a row, and the totals; amounts in full."""
    drilled = ground.asked.drilled
    names = [dimension_label(name, ground.language) for name in drilled]
    costs = [ground.say(f"cost.{one}") for one in COST_TYPES]
    level = ground.say(f"profit.level.{ground.level}")
    base = period_label(ground.base, ground.language)
    yield [*names, ground.say("profit.revenue"), *costs, level,
           ground.say("profit.column.rate"),
           *(f"{name} ({base})" for name in (ground.say("profit.revenue"), level))]  # fmt: skip
    found, labels = named_rows(ground)
    for row in found:
        path = [labels[row.path[: depth + 1]] for depth in range(len(row.path))]
        yield [*path, *[""] * (len(drilled) - len(path)), *_values(row)]
    total = [ground.say("profit.total"), *[""] * (len(drilled) - 1)] if drilled else []
    yield [*total, *_values(whole(ground))]


def _values(row: Row) -> list[float | None]:
    sums = row.sums
    amounts = [sums["revenue_1"], *(sums[COST_COLUMN[one]] for one in COST_TYPES)]
    rate = rate_of(sums["margin_1"], sums["revenue_1"])
    rounded = [round(amount, 6) for amount in (*amounts, sums["margin_1"])]
    return [*rounded, rate, round(sums["revenue_0"], 6), round(sums["margin_0"], 6)]


def workbook(rows: list[list[Any]], depth: int) -> bytes:
    """The rows as a workbook: the first is the heading, the last the totals."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False, "strings_to_numbers": False,
                                        "nan_inf_to_errors": True})  # fmt: skip
    sheet = book.add_worksheet()
    looks = ({"bold": True}, {"num_format": "#,##0.00"}, {"num_format": "0.0%"})
    bold, plain, rate = (book.add_format(look) for look in looks)
    rate_column = depth + 1 + len(COST_TYPES) + 1
    for number, row in enumerate(rows):
        is_bold = number in (0, len(rows) - 1)
        for column, value in enumerate(row):
            look = bold if is_bold else rate if column == rate_column else plain
            sheet.write(number, column, value, look)
        level = sum(1 for value in row[:depth] if value != "") - 1
        if 0 < number < len(rows) - 1 and level > 0:
            sheet.set_row(number, None, None, {"level": min(level, 7)})
    sheet.freeze_panes(1, depth)
    sheet.set_column(0, max(0, depth - 1), 28)
    sheet.set_column(depth, depth + len(COST_TYPES) + 4, 14)
    book.close()
    return memory.getvalue()


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is preceded by an apostrophe."""
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
    return f"'{value}" if is_formula else value


def _file(content: Any, ground: Ground, kind: str, name: str = "profit") -> Response:
    days = f"{ground.period.first:%Y%m%d}-{ground.period.last:%Y%m%d}"
    headers = {"Content-Disposition": f'attachment; filename="{name}-{days}.{kind}"'}
    return Response(content, mimetype=_XLSX if kind == "xlsx" else "text/csv", headers=headers)


def _refused(error: WarRoomError) -> Response:
    return Response(str(error), status=400, mimetype="text/plain")
