"""The units as files: every column in full, and what they add up to."""

from __future__ import annotations

import csv
import io
from typing import Any

import xlsxwriter
from flask import Flask, Response, request

from components.words import say
from domain.profile import REVENUE
from errors import WarRoomError
from pages.money.labels import period_label
from pages.unit_panels.books import Account, Books, look, scope_for
from pages.unit_panels.columns import Column, every
from pages.unit_panels.table import heading, ordered
from pages.unit_panels.told import sentence
from pages.unit_panels.view import units_view
from settings import settings

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLACES = {"rate": "0.00%", "points": "0.00%", "heads": "0.00", "text": "@"}
Rows = list[list[Any]]


def add_routes(server: Flask) -> None:
    """Adds the files of the units' page to the app's server."""
    server.add_url_rule("/units.csv", "units_csv", units_csv)
    server.add_url_rule("/units.xlsx", "units_xlsx", units_xlsx)


def units_csv() -> Response:
    """The table that the address asks for, as CSV in UTF-8 with a byte order mark."""
    try:
        books = _books()
    except WarRoomError as error:
        return _refused(error)
    text = io.StringIO()
    csv.writer(text).writerows([_safe(value) for value in row] for row in rows(books))
    return _file(b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace"), books, "csv")


def units_xlsx() -> Response:
    """The same as a workbook, with a sheet that says what was asked and whether it adds up."""
    try:
        books = _books()
    except WarRoomError as error:
        return _refused(error)
    return _file(workbook(books), books, "xlsx")


def _books() -> Books:
    view = units_view(request.args.to_dict())
    scope = scope_for(view)
    if scope is None:
        raise WarRoomError(say("shell.none", view.lang))
    return look(scope, view)


def rows(books: Books) -> Rows:
    """A heading, one row an account, the lines in none, the total; amounts in full."""
    language, shown = books.view.lang, every(books.profile, books.level)
    head = [say(f"units.column.{books.view.side}", language), say("units.column.type", language),
            say("units.lead", language)]  # fmt: skip
    head += [_heading(books, column) for column in shown]
    known = ordered(books, [row for row in books.accounts if row["profit_unit_id"]])
    none = [row for row in books.accounts if not row["profit_unit_id"]]
    total = {**books.total, "base_rate": books.base_rate}
    return [
        head,
        *(_row(books, row, shown) for row in (*known, *none)),
        [say("units.total", language), "", "", *_values(total, shown)],
        [say("units.unallocated", language), "", "", *_margin_only(books, shown)],
    ]


def _heading(books: Books, column: Column) -> str:
    money = column.kind in ("money", "small", "gap")
    unit = settings().currency if money else ""
    title = heading(books, column)
    return f"{title}, {unit}" if unit else title


def _row(books: Books, account: Account, shown: tuple[Column, ...]) -> list[Any]:
    language = books.view.lang
    name = account["name"] if account["profit_unit_id"] else say(
        f"units.none.{books.view.side}", language)  # fmt: skip
    kind = account.get("unit_type")
    return [name, say(f"units.type.{kind}", language) if kind else "",
            account.get("owner_name") or "", *_values(account, shown)]  # fmt: skip


def _values(account: Account, shown: tuple[Column, ...]) -> list[Any]:
    """Numbers as they are; what an account does not have is empty."""
    known = {"key_talents_at_start": 0, "direct_amount": 0.0, "driven_amount": 0.0, **account}
    return [column.value(known) for column in shown]


def _margin_only(books: Books, shown: tuple[Column, ...]) -> list[Any]:
    amount = -books.unallocated_amount
    return [amount if column.id == "margin" else None for column in shown]


def workbook(books: Books) -> bytes:
    """Two sheets: the rows of rows(), and what was asked."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False, "strings_to_numbers": False,
                                        "nan_inf_to_errors": True})  # fmt: skip
    shown = every(books.profile, books.level)
    forms = ["@"] * 3 + [_PLACES.get(column.kind, "#,##0.00") for column in shown]
    looks = {form: book.add_format({"num_format": form}) for form in set(forms)}
    bold = book.add_format({"bold": True, "text_wrap": True})
    sheet = book.add_worksheet(say("units.sheet.units", books.view.lang))
    for number, row in enumerate(rows(books)):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, bold if not number else looks[forms[column]])
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(forms) - 1, 15)
    about = book.add_worksheet(say("units.sheet.about", books.view.lang))
    for number, (name, value) in enumerate(asked(books)):
        about.write(number, 0, name, bold)
        about.write(number, 1, value)
    about.set_column(0, 1, 34)
    book.close()
    return memory.getvalue()


def asked(books: Books) -> list[tuple[str, Any]]:
    """Period, base, level, data version, and the control totals."""
    language = books.view.lang
    names = ("period", "base", "level", "version", "as_of", "revenue", "margin", "missed")
    values = (
        period_label(books.period, language), period_label(books.base, language),
        say(f"profit.level.{books.level}", language), books.scope.version,
        books.scope.as_of.isoformat(timespec="minutes"), books.total[REVENUE],
        books.total["margin_amount"], books.missed / 1_000_000,
    )  # fmt: skip
    return [(say(f"units.about.{name}", language), value)
            for name, value in zip(names, values, strict=True)]  # fmt: skip


def _safe(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is preceded by an apostrophe."""
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
    return f"'{value}" if is_formula else value


def _file(content: bytes, books: Books, kind: str) -> Response:
    days = f"{books.period.first:%Y%m%d}-{books.period.last:%Y%m%d}"
    headers = {"Content-Disposition": f'attachment; filename="units-{days}.{kind}"'}
    return Response(content, mimetype=_XLSX if kind == "xlsx" else "text/csv", headers=headers)


def _refused(error: WarRoomError) -> Response:
    language = units_view(request.args.to_dict()).lang
    return Response(sentence(error, language), status=400, mimetype="text/plain")
