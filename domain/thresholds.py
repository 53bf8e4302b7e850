"""Thresholds: the nearest unit that has its own decides, upwards to the company's default."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeGuard

from domain.decision import Decision
from domain.metrics import METRIC
from domain.status import Limits, judge
from errors import BadInput

KIND = "threshold"  # its key is the metric's id


@dataclass(frozen=True)
class Threshold:
    """The limits that hold in a unit and where they come from.

    `decision` and its unit `from_unit` (None: the whole company) say who laid them down; with
    `is_default` nobody did.
    """

    limits: Limits
    from_unit: str | None
    is_default: bool
    decision: Decision | None


@dataclass(frozen=True)
class Preview:
    """How many of `days` days would have been what, under limits that are only tried."""

    days: int
    yellow: int
    red: int
    green: int
    grey: int


def effective_all(
    metric_id: str, parents: Mapping[str, str | None], decisions: Iterable[Decision]
) -> dict[str | None, Threshold]:
    """The threshold that holds in every unit and, under None, in the company: one walk for all.

    `parents` gives each unit's parent, None at the top. A parent that is no unit, and a circle
    of parents, end at the company. `decisions` are those of recall(KIND, ...). Raises BadInput
    for unreadable content.
    """
    laid_down = _laid_down(metric_id, decisions)
    found: dict[str | None, Threshold] = {None: laid_down.get(None, _default(metric_id))}
    for unit in parents:
        way: list[str | None] = []
        above: str | None = unit
        while above not in found and above not in laid_down and above not in way:
            way.append(above)
            above = parents.get(above) if above is not None else None
        threshold = laid_down.get(above) or found.get(above) or found[None]
        found |= dict.fromkeys([*way, unit], threshold)
    return found


def carried(
    decisions: Iterable[Decision], units: Collection[str], sources: Collection[str]
) -> tuple[Decision, ...]:
    """The decisions, each under the key that its unit has now.

    With a second of the `sources`, keys begin to read `<source>:<key>`; when it goes they do no
    longer. A decision whose unit is none of `units` moves to the one that its key must mean, as
    long as nobody has decided there since; where two sources have that key, it stays and is lost.
    """
    all_of_them = tuple(decisions)
    taken = {(each.key, each.unit_id) for each in all_of_them}
    moved = []
    for each in all_of_them:
        unit = _meant(each.unit_id, units, sources)
        is_free = (each.key, unit) not in taken
        moved.append(replace(each, unit_id=unit) if unit and is_free else each)
    return tuple(moved)


def lost(decisions: Iterable[Decision], units: Collection[str]) -> tuple[Decision, ...]:
    """The decisions of carried() that hold nowhere: their unit is none of `units`."""
    return tuple(each for each in decisions if each.unit_id and each.unit_id not in units)


def _meant(unit: str | None, units: Collection[str], sources: Collection[str]) -> str | None:
    """The one unit that a key meant before a second source came or went, None without one."""
    if unit is None or unit in units:
        return None
    possible = [f"{source}:{unit}" for source in sources]
    if len(sources) == 1:
        possible = [unit.removeprefix(f"{source}:") for source in sources]
    found = [key for key in possible if key in units]
    return found[0] if len(found) == 1 else None


def to_content(limits: Limits) -> dict[str, Any]:
    """Limits as the content of a decision."""
    return {"yellow": limits.yellow, "red": limits.red, "is_low_bad": limits.is_low_bad}


def from_content(content: Mapping[str, Any]) -> Limits:
    """What to_content was given; BadInput for anything else."""
    yellow, red = content.get("yellow"), content.get("red")
    is_low_bad = content.get("is_low_bad")
    if not (_is_number(yellow) and _is_number(red) and isinstance(is_low_bad, bool)):
        raise BadInput("A threshold is incomplete.", "Enter yellow and red again.")
    return Limits(float(yellow), float(red), is_low_bad)


def preview(judged: Sequence[float | None], readable: Sequence[bool], limits: Limits) -> Preview:
    """How often each day would have been yellow or red.

    `judged` is what the limits apply to and `readable` whether the sample was large enough, one
    of each a day. Raises ValueError where the two differ in length.
    """
    days = zip(judged, readable, strict=True)
    found = Counter(judge(value, limits, is_readable) for value, is_readable in days)
    return Preview(len(judged), found["yellow"], found["red"], found["green"], found["grey"])


def _laid_down(metric_id: str, decisions: Iterable[Decision]) -> dict[str | None, Threshold]:
    """The thresholds of one metric, by the unit that has its own."""
    return {
        each.unit_id: Threshold(from_content(each.content), each.unit_id, False, each)
        for each in decisions
        if (each.kind, each.key) == (KIND, metric_id) and each.content is not None
    }


def _default(metric_id: str) -> Threshold:
    return Threshold(METRIC[metric_id].limits, None, True, None)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
