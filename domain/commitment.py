"""Commitment: a what-if that somebody promises to bring about, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain import change as changes
from domain.change import Change
from domain.decision import Decision
from errors import BadInput

KIND = "commitment"  # its key is the name; deciding on it again changes it, undo takes that back
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Effect:
    """Net revenue and margin in reporting currency, before the change and after it."""

    revenue_before_amount: float
    revenue_after_amount: float
    margin_before_amount: float
    margin_after_amount: float

    @property
    def margin_amount(self) -> float:
        """The margin that the change is expected to bring."""
        return self.margin_after_amount - self.margin_before_amount


@dataclass(frozen=True)
class Commitment:
    """What was promised and what stood when it was.

    `owner` will see to it until `due`. `change` holds for the lines `where` (pairs of a dimension
    and its members, all of which hold) invoiced from `first_day` to `last_day`, both inclusive.
    `effect` was expected at the margin `level` of the profile `profile_id`, on `data_version`.
    Raises BadInput for a missing or overlong name or owner, or a period that ends before it starts.
    """

    name: str
    owner: str
    due: date
    change: Change
    where: Where
    first_day: date
    last_day: date
    level: str
    profile_id: str
    effect: Effect
    data_version: str

    def __post_init__(self) -> None:
        for what, text in (("name", self.name), ("owner", self.owner)):
            if not text.strip():
                raise BadInput(f"The commitment has no {what}.", f"Enter a {what}.")
            if len(text) > 200:
                raise BadInput(f"The commitment's {what} is too long.", "Keep it to 200 letters.")
        if self.change.is_nothing:
            raise BadInput("The commitment changes nothing.", "Change something first.")
        if self.last_day < self.first_day:
            raise BadInput("The period ends before it starts.", "Choose the days again.")


def to_content(commitment: Commitment) -> dict[str, Any]:
    """A commitment as the content of a decision."""
    effect = commitment.effect
    return {
        "name": commitment.name,
        "owner": commitment.owner,
        "due": commitment.due.isoformat(),
        "change": changes.to_content(commitment.change),
        "where": [[dimension, list(members)] for dimension, members in commitment.where],
        "first_day": commitment.first_day.isoformat(),
        "last_day": commitment.last_day.isoformat(),
        "level": commitment.level,
        "profile_id": commitment.profile_id,
        "revenue_before_amount": effect.revenue_before_amount,
        "revenue_after_amount": effect.revenue_after_amount,
        "margin_before_amount": effect.margin_before_amount,
        "margin_after_amount": effect.margin_after_amount,
        "data_version": commitment.data_version,
    }


def from_content(content: Mapping[str, Any]) -> Commitment:
    """What to_content was given; BadInput for anything else."""
    return Commitment(
        name=_text(content, "name"),
        owner=_text(content, "owner"),
        due=_day(content, "due"),
        change=changes.from_content(content.get("change")),
        where=_where(content.get("where")),
        first_day=_day(content, "first_day"),
        last_day=_day(content, "last_day"),
        level=_text(content, "level"),
        profile_id=_text(content, "profile_id"),
        effect=Effect(
            changes.number(content.get("revenue_before_amount")),
            changes.number(content.get("revenue_after_amount")),
            changes.number(content.get("margin_before_amount")),
            changes.number(content.get("margin_after_amount")),
        ),
        data_version=_text(content, "data_version"),
    )


def held(decisions: Iterable[Decision]) -> tuple[tuple[Decision, Commitment], ...]:
    """The commitments among decisions of recall(KIND, ...), the next one due first."""
    found = [
        (each, from_content(each.content))
        for each in decisions
        if each.kind == KIND and each.content is not None
    ]
    return tuple(sorted(found, key=lambda pair: (pair[1].due, pair[0].seq)))


def _text(content: Mapping[str, Any], key: str) -> str:
    found = content.get(key)
    if not isinstance(found, str):
        raise _unreadable()
    return found


def _day(content: Mapping[str, Any], key: str) -> date:
    try:
        return date.fromisoformat(_text(content, key))
    except ValueError:
        raise _unreadable() from None


def _where(found: object) -> Where:
    if not isinstance(found, list):
        raise _unreadable()
    return tuple(_pair(each) for each in found)


def _pair(found: object) -> tuple[str, tuple[str, ...]]:
    match found:
        case [str(dimension), [*members]] if all(isinstance(each, str) for each in members):
            return dimension, tuple(str(each) for each in members)
    raise _unreadable()


def _unreadable() -> BadInput:
    return BadInput("A commitment is incomplete.", "Make it again.")
