"""The units as CSV and workbook: all columns in full, nothing in them a formula."""

from __future__ import annotations

import csv
import io
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from pages.unit_panels import files
from tests.pages.unit_company import HOSTILE, Company, installed


@pytest.fixture
def client(profit: ModuleType, company: Company) -> Any:
    """A client of a server that has only the units' files."""
    installed(company, "pages.units")
    server = Flask("units")
    files.add_routes(server)
    return server.test_client()


def test_the_csv_has_every_unit_the_lines_in_none_and_the_totals(client: Any) -> None:
    answer = client.get("/units.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    place = head.index("Net revenue, CNY")
    assert [(row[0], row[place]) for row in rows] == [
        (HOSTILE, "1000.0"), ("Pumps", "500.01"), ("Nothing yet", "0.0"), ("In no unit", "200.0"),
        ("All order lines", "1700.01"), ("Cost of no order line", ""),
    ]  # fmt: skip
    assert rows[-1][head.index("Gross margin, CNY")] == "-15.0"


def test_a_name_that_looks_like_a_formula_is_text(
    client: Any, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "rows", lambda _: [["=1+1", "+2", -3.0, "@x"]])
    assert client.get("/units.csv").data.decode("utf-8-sig").strip() == "'=1+1,'+2,-3.0,'@x"


def test_the_workbook_has_the_rows_and_says_what_was_asked(client: Any) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/units.xlsx?side=org").data))
    rows, about = (book.get_sheet_by_index(place).to_python() for place in (0, 1))
    assert [row[0] for row in rows[1:]] == [
        "North", "South", "In no region", "All order lines", "Cost of no order line",
    ]  # fmt: skip
    said = {str(row[0]): row[1] for row in about}
    assert said["Net revenue, control total"] == 1700.01
    assert said["Rows miss the totals by"] == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_cannot_be_answered_is_no_file_but_a_sentence(client: Any, kind: str) -> None:
    answer = client.get(f"/units.{kind}?period=nonsense")
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "nonsense is no period" in answer.text
