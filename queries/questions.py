"""What is asked of margins: dimensions, members and a period, checked, as pieces of SQL.

Only names out of the registry and columns of the version's own schema become SQL text; members
and days are bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data.contract import FLEXIBLE_PREFIX
from domain.dimensions import DIMENSION, MOST_DIMENSIONS
from errors import BadInput

MOST_MEMBERS = 2000  # of one filter
_TO_DO = "Choose another one, or open the page again without a link."
DRILLED = ("order_lines", "customers", "products")  # whose columns x_* are dimensions too
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Flexible:
    """A column x_* that a company brought along, and the extract it stands in."""

    column: str
    extract: str


@dataclass(frozen=True)
class Question:
    """Checked: `by` and `where` name dimensions that this version has, all members are texts."""

    by: tuple[str, ...]
    where: Where
    first_day: date
    last_day: date
    flexible: Mapping[str, Flexible] = field(default_factory=dict)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that the rows must have, each once."""
        return tuple(dict.fromkeys((*self.by, *(dimension for dimension, _ in self.where))))

    def members(self) -> str:
        """SQL of the columns of `by`, named by dimension; "" without any."""
        return "".join(f"{_member(name)} as {_quoted(name)}, " for name in self.by)

    def condition(self) -> str:
        """SQL of the filter by members: an AND of ORs. The period is not in it."""
        return " and ".join(
            ["true"]
            + [
                f"{_member(name)} in ({', '.join(f'${key}' for key in self._keys(number))})"
                for number, (name, _) in enumerate(self.where)
            ]
        )

    def bound(self) -> dict[str, object]:
        """The members of the filter, by the names that condition() gives them."""
        return {
            key: member
            for number, (_, members) in enumerate(self.where)
            for key, member in zip(self._keys(number), members, strict=True)
        }

    def _keys(self, number: int) -> list[str]:
        return [f"member_{number}_{index}" for index in range(len(self.where[number][1]))]


def question(
    by: object,
    where: object,
    first_day: object,
    last_day: object,
    flexible: Mapping[str, Flexible],
) -> Question:
    """The question as asked, or BadInput saying which part of it cannot be answered."""
    if not isinstance(by, tuple) or len(by) > MOST_DIMENSIONS or len(set(by)) < len(by):
        raise BadInput(f"A drill has at most {MOST_DIMENSIONS} levels, all different.", _TO_DO)
    first, last = _day(first_day), _day(last_day)
    if first > last:
        raise BadInput("The period ends before it begins.", "Choose its days again.")
    asked = Question(by, _where(where), first, last, flexible)
    for name in asked.dimensions:
        if name not in DIMENSION and name not in flexible:
            raise BadInput(f"There is no dimension {name}.", _TO_DO)
    return asked


def _where(given: object) -> Where:
    try:
        pairs = tuple((str(name), tuple(members)) for name, members in given)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        raise BadInput("This filter cannot be read.", _TO_DO) from None
    for name, members in pairs:
        if not members or len(members) > MOST_MEMBERS:
            raise BadInput(f"A filter has 1 to {MOST_MEMBERS} members of {name}.", _TO_DO)
        if not all(isinstance(member, str) for member in members):
            raise BadInput(f"A member of {name} is no text.", _TO_DO)
    return pairs


def _day(given: object) -> date:
    if not isinstance(given, date):
        raise BadInput("A period needs a first and a last day.", "Choose its days again.")
    return given


def _member(name: str) -> str:
    if name.startswith(FLEXIBLE_PREFIX):
        return f"coalesce({_quoted(name)}::varchar, '')"
    column = DIMENSION[name].column
    return f"{column}::varchar" if name == "month" else column


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
