"""What is asked of micro profit units besides their margins. A scope narrowed to an org unit sees
those that its own lines belong to."""

from __future__ import annotations

from domain.scope import Scope
from queries.composing import NAMES, Composed, Made, Params
from queries.margin_rows import all_margin_rows
from queries.margins import margin_by
from queries.questions import Question, period


def _unit_heads(scope: Scope, params: Params) -> Made:
    """One rep with lines in one profit unit: net revenue there and in all units that are seen."""
    margins, bound = margin_by(scope, {**params, "by": ("profit_unit", "rep")})
    return (
        f"""
with margins as ({margins}),

versions as (
    select
        rep_id,
        arg_max(name, valid_from) as name,
        arg_max(coalesce(is_key_talent, false), valid_from) as is_key_talent,
        arg_max({{'hired': hire_date, 'left': leave_date}}, valid_from) as days,
    from known.reps
    group by rep_id
)

select
    margins.profit_unit as profit_unit_id,
    margins.rep as rep_id,
    coalesce(versions.name, margins.rep) as rep_name,
    coalesce(versions.is_key_talent, false) as is_key_talent,
    versions.days.hired as hire_date,
    versions.days.left as leave_date,
    margins.net_revenue_amount,
    sum(margins.net_revenue_amount) over (partition by margins.rep) as rep_revenue_amount,
from margins
left join versions on margins.rep = versions.rep_id
where margins.rep <> ''
order by profit_unit_id, rep_id
"""
    ), bound


def _profit_units_now(scope: Scope, params: Params) -> Made:
    """One profit unit that is valid on $today, with its owner's name."""
    return (
        f"""
select
    units.profit_unit_id,
    units.unit_type,
    units.name,
    units.match_value,
    units.owner_rep_id,
    owners.name as owner_name,
    units.bonus_margin_weight,
from known.profit_units as units
left join ({NAMES["rep"]}) as owners on units.owner_rep_id = owners.member
where
    units.valid_from <= $today
    and (units.valid_to is null or units.valid_to >= $today)
    and {_seen(scope, "units.profit_unit_id")}
qualify row_number() over (partition by units.profit_unit_id order by units.valid_from desc) = 1
order by units.unit_type, units.name, units.profit_unit_id
"""
    ), {"today": params["today"]}


def _unit_targets(scope: Scope, params: Params) -> Made:
    """One target of a profit unit whose period has a day in the period asked for, or in which
    $today lies; of a metric the shortest first."""
    today = params.get("today")
    first, last = period(params.get("first_day", today), params.get("last_day", today))
    return (
        f"""
select
    owner_id as profit_unit_id,
    metric,
    target_value,
    period_start,
    period_end,
from known.targets
where
    owner_type = 'profit_unit'
    and period_start <= $last_day
    and period_end >= $first_day
    and {_seen(scope, "owner_id")}
order by profit_unit_id, metric, period_end - period_start, period_start
"""
    ), {"first_day": first, "last_day": last}


def _seen(scope: Scope, profit_unit_id: str) -> str:
    if scope.unit_id is None:
        return "true"
    rows = all_margin_rows(scope, Question(by=("profit_unit",)))
    return f"{profit_unit_id} in (select profit_unit_id from {rows})"


_DAYS = frozenset({"first_day", "last_day", "today"})
VIEWS = {
    "unit_heads": Composed(_unit_heads, frozenset({"first_day", "last_day"})),
    "profit_units_now": Composed(_profit_units_now, frozenset({"today"})),
    "unit_targets": Composed(_unit_targets, _DAYS, _DAYS),
}
