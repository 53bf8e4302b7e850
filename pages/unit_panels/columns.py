"""What the table and the files say of an account: which columns, and each one's text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from components.magnitude import Magnitude, magnitude
from components.words import DASH, percent, plain, points, say, symbol
from domain.profile import COST_COLUMN, REVENUE, MarginProfile
from settings import settings

Account = dict[str, Any]
Kind = Literal["money", "rate", "points", "heads", "small", "gap", "text"]
_VISIBLE_MOVE = 0.0005  # half a tenth of a point: less is shown as nothing


@dataclass(frozen=True)
class Column:
    """`value` reads an account; `kind` says how it is written, small money in its own magnitude."""

    id: str
    kind: Kind
    value: Callable[[Account], Any]


def _of(name: str) -> Callable[[Account], Any]:
    return lambda account: account.get(name)


def moved(account: Account) -> float | None:
    """The margin rate's change against the base period; None without both."""
    now, before = account["margin_rate"], account.get("base_rate")
    return None if now is None or before is None else now - before


_REVENUE = Column("revenue", "money", _of(REVENUE))
_MARGIN = Column("margin", "money", _of("margin_amount"))
_RATE = Column("rate", "rate", _of("margin_rate"))
_MOVED = Column("moved", "points", moved)
_OF_UNITS = (
    Column("target", "rate", _of("target_rate")),
    Column("gap", "points", _of("rate_gap_points")),
    Column("gap_money", "gap", _of("rate_gap_amount")),
    Column("heads", "heads", _of("head_count")),
    Column("per_head", "small", _of("margin_per_head_amount")),
    Column("talents", "text", lambda account: talents(account)),
    Column("bonus", "small", _of("bonus_amount")),
)


def talents(account: Account) -> str:
    """Key talents kept: how many of those at the start are there at the end."""
    before = account.get("key_talents_at_start", 0)
    return f"{account['key_talents_at_end']} / {before}" if before else DASH


def columns(shown: str, side: str, profile: MarginProfile, level: str) -> tuple[Column, ...]:
    """The columns of the table: what a unit is judged by, or its profit and loss."""
    if shown == "pl":
        return profit_and_loss(profile, level)
    of_units = _OF_UNITS if side == "unit" else ()
    return (_REVENUE, _MARGIN, _RATE, _MOVED, *of_units)


def profit_and_loss(profile: MarginProfile, level: str) -> tuple[Column, ...]:
    """Net revenue, each cost type that the level takes off, margin, and cost of no line."""
    costs = tuple(Column(one, "money", _of(COST_COLUMN[one]))
                  for one in profile.level(level).cost_types)  # fmt: skip
    rest = (
        Column("no_line", "small", no_line),
        Column("contribution", "money", _of("contribution_amount")),
    )
    return (_REVENUE, *costs, _MARGIN, _RATE, _MOVED, *rest)


def no_line(account: Account) -> float:
    """Cost that hangs on no order line and was posted on the unit or driven to it."""
    return float(account["direct_amount"] + account["driven_amount"])


def every(profile: MarginProfile, level: str) -> tuple[Column, ...]:
    """All columns, for a file."""
    return (*profit_and_loss(profile, level), *_OF_UNITS)


@dataclass(frozen=True)
class Writing:
    """How a table writes its cells: one magnitude for its amounts, one for its small ones."""

    language: str
    large: Magnitude
    small: Magnitude

    def unit(self, column: Column) -> str:
        """What stands after a column's heading: ¥M, pt; "" for none."""
        if column.kind in ("money", "small", "gap"):
            word = self.large.word if column.kind == "money" else self.small.word
            return f"{symbol(settings().currency)}{word}"
        return say("unit.points", self.language) if column.kind == "points" else ""

    def text(self, column: Column, account: Account) -> str:
        value = column.value(account)
        if column.kind == "text":
            return str(value)
        if value is None:
            return DASH
        return {
            "money": self.large.text,
            "small": self.small.text,
            "gap": lambda number: self.small.text(number, sign=True),
            "rate": lambda number: percent(number, 1),
            "points": points,
            "heads": plain,
        }[column.kind](value)

    def look(self, column: Column, account: Account) -> str:
        """Won or lost where that is what the number says; money lost is a matter of a minus too."""
        value = column.value(account)
        if value is None or column.kind == "text":
            return ""
        if column.kind == "points" and abs(value) >= _VISIBLE_MOVE:
            return "won" if value > 0 else "lost"
        if column.kind == "gap" and value > 0:
            return "won"
        return "lost" if value < 0 and column.kind != "points" else ""


def writing(accounts: list[Account], shown: tuple[Column, ...], language: str) -> Writing:
    """The magnitudes that suit what is shown."""

    def largest(*kinds: Kind) -> float:
        values = (column.value(row) for column in shown if column.kind in kinds for row in accounts)
        return max((abs(value) for value in values if value is not None), default=0.0)

    large, small = largest("money"), largest("small", "gap")
    return Writing(language, magnitude(large, language), magnitude(small, language))
