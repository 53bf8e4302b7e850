"""The books: everything the page of the units draws from, read once for one scope and view."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pandas as pd

from components.words import say
from data.bonus import bonus_rules
from data.profiles import profile as profile_named
from domain.bonus import bonus
from domain.bridge import margin_micros
from domain.exact import MICROS, micro, micros
from domain.profile import REVENUE, MarginProfile
from domain.scope import Scope
from domain.units import total_account, unit_accounts
from errors import BadInput, DataMissing
from pages.money.periods import Period, base_of, name_of, period_of
from pages.panels.sight import moment
from pages.panels.view import scope_of
from pages.unit_panels.rows import records
from pages.unit_panels.view import NO_UNIT, UnitsView
from queries import read
from settings import settings

Account = dict[str, Any]
_UNIT = ["profit_unit_id", "unit_type", "name", "match_value", "owner_rep_id", "owner_name",
         "bonus_margin_weight"]  # fmt: skip


@dataclass(frozen=True)
class Books:
    """`accounts` are of the units or, in the org view, of the regions: rows of domain.units with
    name, unit_type, owner_name, base_rate and bonus_amount. `total` is the whole, made without
    regard to either.

    `missed` is by how many millionths the accounts, or those of the other view, miss the total:
    0. `first_day` is the first with data; `heads` who sold what in which unit in the period.
    """

    scope: Scope
    view: UnitsView
    today: date
    first_day: date
    profile: MarginProfile
    period: Period
    base: Period
    accounts: tuple[Account, ...]
    total: Account
    base_rate: float | None
    missed: int
    heads: pd.DataFrame

    @property
    def level(self) -> str:
        return self.profile.level(self.view.level or None).id

    def account(self, key: str) -> Account | None:
        """The account of a unit as the address names it; None where there is none."""
        wanted = "" if key == NO_UNIT else key
        return next((row for row in self.accounts if row["profit_unit_id"] == wanted), None)

    @property
    def unallocated_amount(self) -> float:
        """Cost of no order line, of the cost types that the level counts."""
        parts = ("direct_amount", "driven_amount", "undriven_amount")
        return sum(micro(self.total[part]) for part in parts) / MICROS


def look(scope: Scope, view: UnitsView) -> Books:
    """Reads what the view asks for.

    Raises BadInput for a period or level that is none, DataMissing without order lines, or
    without profit units where they are looked at.
    """
    return replace(_read(scope, view.side, view.period, view.base, view.level), view=view)


@lru_cache(maxsize=32)  # a version never changes, so what was made of it holds
def _read(scope: Scope, side: str, period_text: str, base_text: str, level: str) -> Books:
    view = UnitsView(side=side, period=period_text, base=base_text, level=level)
    today = moment(scope)[1].date()
    first_day, period, base = periods(scope, view, today)
    counted = profile_named(settings().margin_profile)
    level = counted.level(view.level or None).id
    days = {"first_day": period.first, "last_day": period.last}
    base_days = {"first_day": base.first, "last_day": base.last}
    is_org = view.side == "org"
    units = pd.DataFrame(columns=_UNIT) if is_org else known_units(scope, today)
    dimension = "region" if is_org else "profit_unit"
    frame, before = (_sums(scope, dimension, span) for span in (days, base_days))
    heads, targets, unallocated = _beside(scope, days, today, is_org)
    accounts = unit_accounts(
        frame, heads, targets, counted, period.first, period.last,
        level=level, unallocated=None if is_org else unallocated,
        unit_ids=() if is_org else units["profit_unit_id"],
    )  # fmt: skip
    old = unit_accounts(before, _NOTHING, _NOTHING, counted, base.first, base.last, level=level)
    rates = dict(zip(old["profit_unit_id"], old["margin_rate"], strict=True))
    names = _named(scope, "region", frame) if is_org else units
    other = _sums(scope, "profit_unit" if is_org else "region", days)
    whole, old_whole = (read("margin_by", scope, by=(), **span) for span in (days, base_days))
    total = total_account(_as_one(whole), heads, counted, period.first, period.last,
                          level=level, unallocated=unallocated)  # fmt: skip
    return Books(
        scope, view, today, first_day, counted, period, base,
        tuple(_with_names(accounts, names, rates)), total,
        total_account(_as_one(old_whole), _NOTHING, counted, base.first, base.last,
                      level=level)["margin_rate"],
        sum(missed(side, total, counted, level) for side in (frame, other)),
        heads,
    )  # fmt: skip


def periods(scope: Scope, view: UnitsView, today: date) -> tuple[date, Period, Period]:
    """The first day with data, the period, by default the running quarter, and its base."""
    span = read("margin_span", scope).iloc[0]
    if pd.isna(span["first_day"]):
        raise BadInput("There are no order lines here.", "Choose the whole company.")
    first, last = (pd.Timestamp(span[name]).date() for name in ("first_day", "last_day"))
    asked = view.period or name_of(min(today, last), "quarter")
    period = period_of(asked, last, today)
    return first, period, base_of(view.base, period, first)


def known_units(scope: Scope, today: date) -> pd.DataFrame:
    """The units that hold today; DataMissing where there are none to choose from."""
    units = read("profit_units_now", scope, today=today)
    if not len(units):
        raise DataMissing(("profit_units",))
    return units


_NOTHING = pd.DataFrame(columns=["profit_unit_id"])


def optional(view: str, scope: Scope, **params: object) -> pd.DataFrame:
    """The rows of a view, none where what it needs is not connected."""
    try:
        return read(view, scope, **params)
    except DataMissing:
        return _NOTHING


def _sums(scope: Scope, dimension: str, days: dict[str, date]) -> pd.DataFrame:
    found = read("margin_by", scope, by=(dimension,), **days)
    return found.rename(columns={dimension: "profit_unit"})


def _as_one(whole: pd.DataFrame) -> pd.DataFrame:
    return whole.assign(profit_unit="")


def _beside(
    scope: Scope, days: dict[str, date], today: date, is_org: bool
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Heads, targets and unallocated cost; regions have heads and targets of another kind."""
    unallocated = optional("unallocated_costs", scope, **days)
    if is_org:
        return _NOTHING, _NOTHING, unallocated
    heads = optional("unit_heads", scope, **days)
    return heads, optional("unit_targets", scope, today=today), unallocated


def _named(scope: Scope, dimension: str, frame: pd.DataFrame) -> pd.DataFrame:
    members = tuple(sorted({str(member) for member in frame["profit_unit"]} - {""}))
    if not members:
        return pd.DataFrame(columns=_UNIT)
    found = read("member_names", scope, dimension=dimension, members=members)
    return found.rename(columns={"member": "profit_unit_id"}).reindex(columns=_UNIT)


def _with_names(
    accounts: pd.DataFrame, names: pd.DataFrame, rates: dict[str, float | None]
) -> Iterable[Account]:
    known = {row["profit_unit_id"]: row for row in records(names)}
    rules = bonus_rules(settings().bonus_rules)
    for account in records(accounts):
        unit = account["profit_unit_id"]
        said = {name: known.get(unit, {}).get(name) for name in _UNIT[1:]}
        plain = {name: None if pd.isna(value) else value for name, value in said.items()}
        plain |= {"name": plain["name"] or unit, "base_rate": rates.get(unit)}
        made = bonus(account, rules, plain["bonus_margin_weight"]).bonus_amount if unit else None
        yield {**account, **plain, "bonus_amount": made}


def missed(frame: pd.DataFrame, total: Account, profile: MarginProfile, level: str) -> int:
    """By how many millionths rows of margin_by miss the total, in revenue and in margin: 0."""
    revenue = int(micros(frame[REVENUE]).sum()) - micro(total[REVENUE])
    margin = int(margin_micros(frame, profile, level).sum()) - micro(total["margin_amount"])
    return abs(revenue) + abs(margin)


def scope_for(view: UnitsView) -> Scope | None:
    """What this reader looks at; None while there is no data. BadInput where as_of is none."""
    if view.as_of:
        try:
            is_moment = datetime.fromisoformat(view.as_of).tzinfo is not None
        except ValueError:
            is_moment = False
        if not is_moment:
            raise BadInput(say("profit.problem.as_of", view.lang, text=view.as_of[:60]))
    return scope_of(view.unit or None, view.as_of or None)
