"""The ground on which every panel stands: one question, checked against what there is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from components.words import say, symbol
from data.profiles import profile
from domain.profile import MarginProfile
from domain.scope import Scope
from errors import BadInput
from pages.money.asked import DEFAULT_BY, Asked, Path, Problem, Where, narrowed
from pages.money.periods import Period, base_of, period_of
from pages.money.tree import Row, level_frame, whole_row
from pages.panels.sight import moment
from queries import read
from settings import settings

_LATE = timedelta(days=6)  # so many days at the end of a month may well have no order


@dataclass(frozen=True)
class Ground:
    """`asked` with dimensions and level that exist, `dimensions` those one can drill by."""

    asked: Asked
    scope: Scope
    today: date
    first_day: date
    last_day: date
    period: Period
    base: Period
    dimensions: tuple[str, ...]

    @property
    def language(self) -> str:
        return self.asked.lang

    @property
    def level(self) -> str:
        return self.asked.level

    @property
    def has_base(self) -> bool:
        """Whether any data lie in the base period."""
        return self.base.last >= self.first_day and self.base.first <= self.last_day

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def path_filter(self, path: Path) -> Where:
        return narrowed(self.asked.where, self.asked.drilled, path)


@cache
def margin_profile() -> MarginProfile:
    """The margin rule profile of this installation; BadInput where its file is wrong."""
    return profile(settings().margin_profile)


def currency_sign() -> str:
    return symbol(settings().currency)


def ground_of(asked: Asked, scope: Scope) -> Ground:
    """Checks the question. BadInput, in the reader's language, where it cannot be answered."""
    _refuse(asked)
    if asked.unit and not len(read("unit_path", scope, org_unit_id=asked.unit)):
        raise _bad(asked, "unit", unit=asked.unit[:60])
    span = read("margin_span", scope).iloc[0]
    if pd.isna(span["first_day"]):
        raise _bad(asked, "no_lines")
    first_day, last_day = (_day(span[name]) for name in ("first_day", "last_day"))
    today = moment(scope)[1].date()
    try:
        period = period_of(asked.period, last_day, today)
        base = base_of(asked.base, period, first_day)
    except BadInput:
        raise _bad(asked, "period", text=(asked.period or asked.base)[:60]) from None
    dimensions = tuple(read("margin_dimensions", scope)["dimension"])
    known = _with_members(_with_known(asked, dimensions), scope)
    known = _with_edges(known, period, base, (first_day, last_day))
    return Ground(known, scope, today, first_day, last_day, period, base, dimensions)


def _refuse(asked: Asked) -> None:
    if asked.is_refused:
        found = asked.problems[-1]
        raise _bad(asked, found.key, **dict(found.values))


def _bad(asked: Asked, key: str, **values: str) -> BadInput:
    return BadInput(say(f"profit.problem.{key}", asked.lang, **values))


def _with_known(asked: Asked, dimensions: tuple[str, ...]) -> Asked:
    """Unknown drill levels are left out and told; an unknown filter is refused."""
    for dimension, _ in asked.where:
        if dimension not in dimensions:
            raise _bad(asked, "filter", dimension=dimension[:60])
    unknown = [name for name in asked.by if name not in dimensions]
    kept = tuple(name for name in asked.by if name in dimensions)
    found = replace(asked, by=kept or dimensions[:1], level=_level(asked.level))
    if unknown and asked.by != DEFAULT_BY:
        found = found.with_problem(Problem("dimension", (("names", ", ".join(unknown)[:120]),)))
    if asked.level and asked.level != found.level:
        found = found.with_problem(Problem("level", (("text", asked.level[:60]),)))
    return found


def _with_members(asked: Asked, scope: Scope) -> Asked:
    """Members of the filter that the data do not know, or know no more, are told."""
    for dimension, members in asked.where:
        if dimension == "month" or dimension.startswith("x_"):
            continue
        found = read("member_names", scope, dimension=dimension, members=members)
        for member in found[~found["is_known"]]["member"].tolist():
            if member:
                asked = asked.with_problem(Problem("member", (("member", member[:60]),)))
    return asked


def _with_edges(asked: Asked, period: Period, base: Period, span: tuple[date, date]) -> Asked:
    """Tells where the data begin or end within what is looked at."""
    first, last = span
    days = (("first", first.isoformat()), ("last", last.isoformat()))
    if period.last < first or period.first > last:
        return asked.with_problem(Problem("no_data", days))
    if period.first < first or (last < period.last - _LATE and not period.is_running):
        asked = asked.with_problem(Problem("part", days))
    if base.first < first <= base.last:
        asked = asked.with_problem(Problem("base_part", days))
    return asked


def _level(text: str) -> str:
    ids = [level.id for level in margin_profile().levels]
    return text if text in ids else margin_profile().headline


def _day(value: Any) -> date:
    return pd.Timestamp(value).date()


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dicts by column."""
    return frame.to_dict("records")  # type: ignore[return-value]


def sums(ground: Ground, by: tuple[str, ...], period: Period, where: Where) -> pd.DataFrame:
    """margin_by of a period of the ground."""
    return read("margin_by", ground.scope, by=by, where=where,
                first_day=period.first, last_day=period.last)  # fmt: skip


def both(ground: Ground, by: tuple[str, ...]) -> pd.DataFrame:
    """margin_by with _0 of the base and _1 of the period, one row per combination in either."""
    sides = [
        sums(ground, by, period, ground.asked.where).set_index(list(by)).add_suffix(suffix)
        for period, suffix in ((ground.base, "_0"), (ground.period, "_1"))
    ]
    return pd.concat(sides, axis=1).fillna(0).reset_index(names=list(by))


def whole(ground: Ground) -> Row:
    """The totals of what is filtered."""
    where = ground.asked.where
    now, base = (sums(ground, (), period, where) for period in (ground.period, ground.base))
    return whole_row(now, base, margin_profile(), ground.level)


def level_below(ground: Ground, path: Path) -> pd.DataFrame:
    """The members one level below a path, both periods; shared, so not to be changed."""
    return _level_frame(ground.scope, ground.asked.drilled[len(path)], ground.path_filter(path),
                        ground.period, ground.base, ground.level)  # fmt: skip


@lru_cache(maxsize=24)  # of 200,000 members each takes 25 MB
def _level_frame(
    scope: Scope, dimension: str, where: Where, period: Period, base: Period, level: str
) -> pd.DataFrame:
    now, before = (
        read("margin_by", scope, by=(dimension,), where=where, first_day=one.first,
             last_day=one.last)
        for one in (period, base)
    )  # fmt: skip
    return level_frame(now, before, dimension, margin_profile(), level)
