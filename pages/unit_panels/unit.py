"""One unit in the page of the units: what is read for it once it is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from components.words import say
from domain.profile import COST_COLUMN, REVENUE
from domain.rate_bridge import RateBridge, rate_bridge
from errors import BadInput
from pages.money.asked import Where
from pages.money.periods import Period
from pages.unit_panels.books import Account, Books, optional
from pages.unit_panels.view import NO_UNIT
from queries import read

CELL = "product"  # the grain of the rate bridge within a unit
_MEASURES = ("line_count", "qty", "list_amount", "discount_amount", "rebate_amount", REVENUE,
             *COST_COLUMN.values())  # fmt: skip


@dataclass(frozen=True)
class Unit:
    """`account` is its row of the books, `key` how the address names it."""

    books: Books
    key: str
    account: Account

    @property
    def id(self) -> str:
        return "" if self.key == NO_UNIT else self.key

    @property
    def where(self) -> Where:
        return (("profit_unit", (self.id,)),)

    @property
    def mix_by(self) -> str:
        """What its mix is of: product lines, or customers' clusters where it is one line."""
        is_line = self.account.get("unit_type") == "product_line"
        return "customer_cluster" if is_line else "product_line"

    @cached_property
    def sums(self) -> Mapping[str, Any]:
        return dict(self._by((), self.books.period).iloc[0])

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Its sums by what its mix is of, in the period."""
        return self._by((self.mix_by,), self.books.period)

    @cached_property
    def rates(self) -> RateBridge:
        """Why its margin rate moved, by product."""
        base, now = (self._by((CELL,), period) for period in (self.books.base, self.books.period))
        cells = paired(base, now, CELL)
        return rate_bridge(cells, self.books.profile, self.books.level, (CELL,))

    @cached_property
    def heads(self) -> pd.DataFrame:
        """Who sells for it, the largest revenue first."""
        heads = self.books.heads
        if "rep_id" not in heads:
            return heads
        mine = heads[(heads["profit_unit_id"] == self.id) & heads["rep_id"].notna()]
        return mine.sort_values(["net_revenue_amount", "rep_id"], ascending=[False, True])

    @cached_property
    def quotes(self) -> pd.DataFrame:
        return optional("quotes", self.books.scope, profit_unit_id=self.id)

    def _by(self, by: tuple[str, ...], period: Period) -> pd.DataFrame:
        return read("margin_by", self.books.scope, by=by, where=self.where,
                    first_day=period.first, last_day=period.last)  # fmt: skip


def opened(books: Books) -> Unit | None:
    """The unit that the address opens; BadInput where there is none of that name."""
    key = books.view.opened
    if not key or books.view.side == "org":
        return None
    account = books.account(key)
    if account is None:
        raise BadInput(say("units.problem.unit", books.view.lang))
    return Unit(books, key, account)


def whole_rates(books: Books) -> RateBridge:
    """Why the margin rate of the whole moved, by unit or by the org's parts."""
    dimension = "region" if books.view.side == "org" else "profit_unit"
    base, now = (
        read("margin_by", books.scope, by=(dimension,), first_day=one.first, last_day=one.last)
        for one in (books.base, books.period)
    )
    return rate_bridge(paired(base, now, dimension), books.profile, books.level, (dimension,))


def paired(base: pd.DataFrame, period: pd.DataFrame, key: str) -> pd.DataFrame:
    """Two answers of margin_by side by side, one row a member: measures with _0 and _1."""
    sides = [
        frame.set_index(key)[list(_MEASURES)].add_suffix(suffix)
        for frame, suffix in ((base, "_0"), (period, "_1"))
    ]
    return pd.concat(sides, axis=1).fillna(0).rename_axis(key).reset_index()
