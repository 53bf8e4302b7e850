"""The table of the units or of the org: rows, the lines in no unit, and what they add up to."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from components import grid
from components.words import DASH, exact, say
from domain.exact import MICROS, micro
from domain.profile import REVENUE
from pages.unit_panels.books import Account, Books
from pages.unit_panels.columns import Column, Writing, columns, writing
from pages.unit_panels.view import NO_UNIT

_WRAPPED = {"wrapHeaderText": True, "autoHeaderHeight": True}
_SUMMED = ("net_revenue_amount", "margin_amount", "contribution_amount", "direct_amount",
           "driven_amount", "undriven_amount", "head_count")  # fmt: skip


def shown(books: Books) -> tuple[Column, ...]:
    return columns(books.view.columns, books.view.side, books.profile, books.level)


def column_defs(books: Books) -> list[dict[str, Any]]:
    """The grid's columns; amounts say in their heading what they are counted in."""
    wrote = _writing(books)
    name = grid.tree_column("name", say(f"units.column.{books.view.side}", books.view.lang), 190)
    name |= {"cellClass": "col-unit", "pinned": "left", "tooltipField": "told",
             "headerClass": f"sorts {_sorted_by(books, 'name')}"}  # fmt: skip
    others = [_column_def(books, column, wrote) for column in shown(books)]
    return [name, *others]


def _column_def(books: Books, column: Column, wrote: Writing) -> dict[str, Any]:
    unit = wrote.unit(column)
    title = heading(books, column)
    title = f"{title}, {unit}" if unit else title
    opens = column.kind == "money"
    width = 78 if books.view.columns == "overview" else 104  # the names of cost types are long
    made = grid.number_column(column.id, title, _sorted_by(books, column.id), opens, width)
    return made | _WRAPPED


def heading(books: Books, column: Column) -> str:
    """A column's name: a cost type's, the margin level's, else its own."""
    language = books.view.lang
    if column.id == "margin":
        return say(f"profit.level.{books.level}", language)
    if column.id in books.profile.level(books.level).cost_types:
        return say(f"cost.{column.id}", language)
    return say(f"units.column.{column.id}", language)


def _sorted_by(books: Books, field: str) -> str:
    name, _, side = (books.view.sort or "revenue.down").partition(".")
    return (side if side in ("up", "down") else "down") if name == field else ""


def _writing(books: Books) -> Writing:
    return writing([*books.accounts, books.total], shown(books), books.view.lang)


def row_data(books: Books) -> list[dict[str, Any]]:
    """One row a unit in the order asked for, other types as one row, the lines in none last."""
    wrote = _writing(books)
    known = [row for row in books.accounts if row["profit_unit_id"]]
    none = [row for row in books.accounts if not row["profit_unit_id"]]
    wanted = books.view.unit_type if books.view.side == "unit" else ""
    mine = [row for row in known if not wanted or row["unit_type"] == wanted]
    others = [row for row in known if wanted and row["unit_type"] != wanted]
    rows = [_row(books, row, wrote) for row in ordered(books, mine)]
    if others:
        rows.append(_others(books, others, wrote))
    return rows + [_row(books, row, wrote) for row in none]


def ordered(books: Books, accounts: list[Account]) -> list[Account]:
    """The accounts as sorted; those without a value last either way, equals by name."""
    name, _, side = (books.view.sort or "revenue.down").partition(".")
    column = next((one for one in shown(books) if one.id == name), None)
    by_name = sorted(accounts, key=lambda row: str(row["name"]).casefold())
    if column is None or column.kind == "text":
        return by_name[::-1] if side == "down" and name == "name" else by_name
    known = [row for row in by_name if column.value(row) is not None]
    known.sort(key=column.value, reverse=side != "up")
    return known + [row for row in by_name if column.value(row) is None]


def _row(books: Books, account: Account, wrote: Writing) -> dict[str, Any]:
    unit, language = account["profit_unit_id"], books.view.lang
    side = books.view.side
    name = account["name"] if unit else say(f"units.none.{side}", language)
    key = unit or NO_UNIT
    kind = say(f"units.type.{account['unit_type']}", language) if account.get("unit_type") else ""
    look = "chosen" if books.view.opened == key and side == "unit" else "leaf"
    return {
        "id": row_id(key), "look": grid.row_look(0, look),
        "name": name, **_cells(books, account, wrote),
        "told": " · ".join(part for part in (name, kind, account.get("owner_name")) if part),
    }  # fmt: skip


def row_id(key: str) -> str:
    """The row's id, which the grid writes into the page as it is: no quotes, no markup."""
    return f"unit.{quote(key, safe='')}"


def _cells(books: Books, account: Account, wrote: Writing) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for column in shown(books):
        cells[column.id] = wrote.text(column, account)
        if look := wrote.look(column, account):
            cells[f"{column.id}_look"] = look
    return cells


def _others(books: Books, accounts: list[Account], wrote: Writing) -> dict[str, Any]:
    """The units of other types in one row, so that the rows still add up to the whole."""
    name = say("units.others", books.view.lang, n=len(accounts))
    cells = _cells(books, added(accounts), wrote)
    return {"id": "others", "look": grid.row_look(0, "others"), "name": name,
            "told": name, **cells}  # fmt: skip


def added(accounts: list[Account]) -> Account:
    """Accounts as one: sums and the ratio of sums; what cannot be added is not there."""
    keys = [key for key in accounts[0] if key in _SUMMED or key.endswith("_amount")]
    skipped = ("target_amount", "gap_amount", "per_head_amount", "bonus_amount")
    sums = {
        key: sum(micro(row[key]) for row in accounts) / MICROS
        for key in keys
        if not key.endswith(skipped)
    }
    revenue = sums[REVENUE]
    rate = sums["margin_amount"] / revenue if revenue > 0 else None
    return {**sums, "margin_rate": rate, "base_rate": None}


def totals(books: Books) -> dict[str, Any]:
    """The grid's options with three rows below: all lines, cost of no line, what is left."""
    wrote, language = _writing(books), books.view.lang
    whole = {**books.total, "base_rate": books.base_rate, "direct_amount": 0.0,
             "driven_amount": 0.0, "contribution_amount": books.total["margin_amount"]}  # fmt: skip
    amount = books.unallocated_amount
    key = "units.unallocated" if amount else "units.unallocated.nothing"
    lines = {"id": "total", "look": grid.row_look(0, "total"),
             "name": say("units.total", language), **_cells(books, whole, wrote)}  # fmt: skip
    rest = {"id": "unallocated", "look": grid.row_look(0, "others"),
            "name": say(key, language), **_only(books, wrote, -amount)}  # fmt: skip
    left = {"id": "left", "look": grid.row_look(0, "total"),
            "name": say("units.left", language),
            **_only(books, wrote, books.total["contribution_amount"])}  # fmt: skip
    return grid.with_totals([lines, rest, left])


def _only(books: Books, wrote: Writing, amount: float) -> dict[str, str]:
    """A row that has a margin only."""
    cells = {column.id: "" for column in shown(books)}
    return {**cells, "margin": wrote.large.text(amount) if amount else DASH}


def tie(books: Books, missed: int) -> str:
    """What the rows add up to, and by how much they miss the whole: 0.00."""
    return say(
        "units.tie" if not missed else "units.tie.broken", books.view.lang,
        revenue=exact(books.total[REVENUE], books.view.lang),
        margin=exact(books.total["margin_amount"], books.view.lang),
        missed=exact(missed / MICROS, books.view.lang),
    )  # fmt: skip
