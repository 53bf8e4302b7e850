"""Options and clauses of a quote: what each scenario earns, and what a later delivery costs.

Every comparison gives money beside points: "+8.2 %" alone could be points of rate or a relative
gain, a factor of four apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from domain.exact import MICROS, micro
from domain.scenarios import Broken, Scenario, Terms, broken, by_scenario, scenario
from errors import BadInput

NoBreakEven = Literal["is_reference", "no_win_probability", "no_margin", "never"]
NoMoneyPerDay = Literal["is_reference", "same_day", "earlier"]


@dataclass(frozen=True)
class Comparison:
    """A scenario against the reference: money first, then points of rate, then days.

    `money_per_day` is margin gained a day of later delivery, None with a reason where nothing is
    later. `break_even_probability` is the least win probability at which the scenario is worth
    as much as the reference: p1 (M + dM) - L dDays >= p0 M (domain.md, section 5), so
    p1 = (p0 M + L dDays) / (M + dM); 0 where it pays even if it is never won; None with a reason,
    `never` where it would have to be above 1.
    """

    scenario: Scenario
    margin_delta_amount: float
    rate_delta_points: float | None
    days_delta: float
    money_per_day: float | None
    no_money_per_day: NoMoneyPerDay | None
    break_even_probability: float | None
    no_break_even: NoBreakEven | None


@dataclass(frozen=True)
class Quote:
    """The scenarios of one quote against one of them; `broken` are those that cannot be read."""

    reference_id: str
    terms: Terms
    comparisons: tuple[Comparison, ...]
    broken: Mapping[str, Broken]


def quote(
    rows: Iterable[Mapping[str, Any]],
    terms: Terms,
    *,
    reference_id: str | None = None,
    selections: Mapping[str, Collection[str]] | None = None,
) -> Quote:
    """Compares the scenarios of one quote.

    `rows`: clauses of one deal or contract with scenario_id, clause_id, clause_type, is_selected,
    delta_price, delta_cost (reporting currency), delta_lead_days, penalty_per_day; the base row
    carries the quote's own price, cost and lead days and always counts. `selections` puts other
    clause ids in the place of what is_selected says, by scenario. The reference is, unless named,
    the scenario with the fewest clauses. Raises BadInput where no scenario can be read, and for a
    reference or a clause that is not there.
    """
    clauses, chosen = by_scenario(rows), selections or {}
    _refuse_unknown(clauses, chosen)
    reasons = {name: broken(group) for name, group in clauses.items()}
    readable = [
        scenario(name, group, terms, chosen.get(name))
        for name, group in clauses.items()
        if reasons[name] is None
    ]
    reference = _reference(readable, reference_id)
    marked = _mark_front(readable)
    return Quote(
        reference.scenario_id,
        terms,
        tuple(_compare(each, reference, terms) for each in marked),
        {name: reason for name, reason in reasons.items() if reason is not None},
    )


def _mark_front(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The same scenarios, those marked that none beats: more margin and no later, or the reverse.

    Two that are equal in both are both on the front.
    """
    return tuple(
        replace(each, is_on_front=not any(_beats(other, each) for other in scenarios))
        for each in scenarios
    )


def _beats(one: Scenario, other: Scenario) -> bool:
    more = one.margin_after_penalty_amount - other.margin_after_penalty_amount
    earlier = other.lead_days - one.lead_days
    return more >= 0 and earlier >= 0 and (more > 0 or earlier > 0)


def _refuse_unknown(
    clauses: Mapping[str, Sequence[Mapping[str, Any]]],
    selections: Mapping[str, Collection[str]],
) -> None:
    for name, selected in selections.items():
        known = {str(row["clause_id"]) for row in clauses.get(name, ())}
        unknown = sorted(set(selected) - known)
        if name not in clauses or unknown:
            what = f"clause {unknown[0]}" if name in clauses else f"scenario {name}"
            raise BadInput(f"The quote has no {what}.", "Choose again from the list.")


def _reference(scenarios: Sequence[Scenario], reference_id: str | None) -> Scenario:
    if not scenarios:
        raise BadInput(
            "No scenario of this quote can be read.",
            "Each scenario needs one base clause with price, cost and lead days.",
        )
    if reference_id is None:
        return min(scenarios, key=lambda each: (len(each.clause_ids), each.scenario_id))
    for each in scenarios:
        if each.scenario_id == reference_id:
            return each
    raise BadInput(f"The quote has no scenario {reference_id} to compare with.", "Choose another.")


def _compare(tried: Scenario, reference: Scenario, terms: Terms) -> Comparison:
    kept, before = tried.margin_after_penalty_amount, reference.margin_after_penalty_amount
    gain = (micro(kept) - micro(before)) / MICROS
    days = tried.lead_days - reference.lead_days
    is_reference = tried.scenario_id == reference.scenario_id
    no_per_day = _no_money_per_day(days, is_reference)
    break_even, no_break_even = _break_even(tried, reference, terms)
    both = tried.rate is not None and reference.rate is not None
    return Comparison(
        scenario=tried,
        margin_delta_amount=gain,
        rate_delta_points=(tried.rate or 0.0) - (reference.rate or 0.0) if both else None,
        days_delta=days,
        money_per_day=None if no_per_day else gain / days,
        no_money_per_day=no_per_day,
        break_even_probability=break_even,
        no_break_even=no_break_even,
    )


def _no_money_per_day(days: float, is_reference: bool) -> NoMoneyPerDay | None:
    if is_reference:
        return "is_reference"
    if days == 0:
        return "same_day"
    return "earlier" if days < 0 else None


def _break_even(
    tried: Scenario, reference: Scenario, terms: Terms
) -> tuple[float | None, NoBreakEven | None]:
    if tried.scenario_id == reference.scenario_id:
        return None, "is_reference"
    if terms.win_probability is None:
        return None, "no_win_probability"
    delay = terms.loss_per_day * (tried.lead_days - reference.lead_days)
    needed = terms.win_probability * reference.margin_after_penalty_amount + delay
    if tried.margin_after_penalty_amount <= 0:
        return None, "no_margin"
    probability = needed / tried.margin_after_penalty_amount
    return (None, "never") if probability > 1 else (max(0.0, probability), None)
