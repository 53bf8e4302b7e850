"""The table as a file: whole, in full, and never a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from pages.money.exports import add_routes, workbook
from tests.queries.stubs import Rows

MANY = 60  # more than a level shows at once


@pytest.fixture
def client(company: Callable[..., None]):  # type: ignore[no-untyped-def]
    lines: Rows = [
        {"order_line_id": f"l{number}", "order_id": "o", "invoice_date": date(2026, 2, 26),
         "customer_id": f"=k{number:02}", "product_id": "p", "qty": 1, "net_revenue": 10.01}
        for number in range(MANY)
    ]  # fmt: skip
    company(order_lines=lines)
    server = Flask(__name__)
    add_routes(server)
    return server.test_client()


def test_the_csv_has_every_member_and_its_totals_are_their_sum(client) -> None:  # type: ignore[no-untyped-def]
    found = client.get("/profit.csv")
    rows = list(csv.reader(io.StringIO(found.data.decode("utf-8-sig"))))
    assert len(rows) == MANY + 2
    place = rows[0].index("Revenue")
    assert float(rows[-1][place]) == round(MANY * 10.01, 2)
    assert sum(round(float(row[place]) * 100) for row in rows[1:-1]) == MANY * 1001
    assert rows[1][0].startswith("'=")


def test_the_workbook_holds_the_same_and_no_formula(client) -> None:  # type: ignore[no-untyped-def]
    found = client.get('/profit.xlsx?expanded=[["=k00"]]')
    rows = CalamineWorkbook.from_filelike(io.BytesIO(found.data)).get_sheet_by_index(0).to_python()
    assert len(rows) == MANY + 3
    assert rows[1][0] == "=k00"


def test_a_formula_in_a_name_stays_a_text() -> None:
    import zipfile

    content = workbook([["Name", "Amount"], ["=1+1", 2.0], ["Total", 2.0]], 1)
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_all_order_lines_come_as_csv_and_nonsense_is_refused_in_words(client) -> None:  # type: ignore[no-untyped-def]
    found = client.get('/profit-lines.csv?open={"lines":["=k07"]}')
    rows = list(csv.reader(io.StringIO(found.data.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert client.get("/profit.csv?where=x").status_code == 400
    assert client.get('/profit-lines.csv?open={"x":1}').status_code == 400
