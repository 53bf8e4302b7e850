"""What is asked of margins: dimensions, members and a period, checked, as pieces of SQL.

Only names out of the registry and columns of the version's own schema become SQL text; members
and days are bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data.contract import FLEXIBLE_PREFIX
from domain.dimensions import DIMENSION, MOST_DIMENSIONS
from errors import BadInput

MOST_MEMBERS = 2000  # of one filter
DRILLED = ("order_lines", "customers", "products")  # whose columns x_* are dimensions too
Where = tuple[tuple[str, tuple[str, ...]], ...]
_TO_DO = "Choose another one, or open the page again without a link."


@dataclass(frozen=True)
class Question:
    """Checked: `by` and `where` name dimensions that the version has, all members are texts."""

    by: tuple[str, ...] = ()
    where: Where = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that the rows must have, each once."""
        return tuple(dict.fromkeys((*self.by, *(dimension for dimension, _ in self.where))))

    @property
    def flexible(self) -> tuple[str, ...]:
        """Those of its dimensions that are columns x_*."""
        return tuple(name for name in self.dimensions if name not in DIMENSION)

    def members(self) -> str:
        """SQL of the columns of `by`, named by dimension, each followed by a comma."""
        return "".join(f"{member_of(name)} as {quoted(name)}, " for name in self.by)

    def condition(self) -> str:
        """SQL of the filter by members: an AND of ORs."""
        parts = [
            f"{member_of(name)} in ({', '.join(f'${key}' for key in self._keys(number))})"
            for number, (name, _) in enumerate(self.where)
        ]
        return " and ".join(["true", *parts])

    def bound(self) -> dict[str, object]:
        """The members of the filter, by the names that condition() gives them."""
        return {
            key: member
            for number, (_, members) in enumerate(self.where)
            for key, member in zip(self._keys(number), members, strict=True)
        }

    def _keys(self, number: int) -> list[str]:
        return [f"member_{number}_{index}" for index in range(len(self.where[number][1]))]


def question(by: object, where: object, flexible: Mapping[str, str]) -> Question:
    """The question as asked, or BadInput saying which part of it cannot be answered.

    `flexible` are the version's columns x_*.
    """
    if not isinstance(by, tuple) or len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        raise BadInput(f"A drill has at most {MOST_DIMENSIONS} levels, all different.", _TO_DO)
    asked = Question(by, _where(where))
    for name in asked.dimensions:
        if name not in DIMENSION and name not in flexible:
            raise BadInput(f"There is no dimension {name}.", _TO_DO)
    return asked


def period(first_day: object, last_day: object) -> tuple[date, date]:
    """The days of a period, inclusive; BadInput where they are none."""
    if not isinstance(first_day, date) or not isinstance(last_day, date):
        raise BadInput("A period needs a first and a last day.", "Choose its days again.")
    if first_day > last_day:
        raise BadInput("The period ends before it begins.", "Choose its days again.")
    return _plain(first_day), _plain(last_day)


def _plain(day: date) -> date:
    """A day without the time of day that its subclasses have."""
    return date(day.year, day.month, day.day)


def member_of(name: str) -> str:
    """SQL of a dimension's member in a row: a text, '' where the line has none."""
    if name.startswith(FLEXIBLE_PREFIX):
        return f"coalesce({quoted(name)}::varchar, '')"
    return f"{DIMENSION[name].column}::varchar" if name == "month" else DIMENSION[name].column


def quoted(name: str) -> str:
    """An identifier that has been checked, as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _where(given: object) -> Where:
    try:
        pairs = tuple((name, tuple(members)) for name, members in given)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise BadInput("This filter cannot be read.", _TO_DO) from None
    for name, members in pairs:
        if not 1 <= len(members) <= MOST_MEMBERS:
            raise BadInput(f"A filter has 1 to {MOST_MEMBERS} members of {name}.", _TO_DO)
        if not all(isinstance(member, str) for member in members):
            raise BadInput(f"A member of {name} is no text.", _TO_DO)
    return pairs
