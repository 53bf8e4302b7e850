"""The members of dimensions: which there are, what they are called, who is looked for."""

from __future__ import annotations

from domain.dimensions import DIMENSIONS
from domain.scope import Scope
from errors import BadInput
from queries.composing import NAMES, Composed, Made, Params
from queries.margin_rows import all_margin_rows, line_rows
from queries.opening import opened
from queries.questions import Question, member_of, question

MOST_FOUND = 200


def _dimensions(scope: Scope, _: Params) -> Made:
    """One dimension that the lines of the scope can be drilled by: how many members it has.

    A dimension is left out where no line has a member of it.
    """
    ids = (*(dimension.id for dimension in DIMENSIONS), *opened(scope.version).flexible)
    rows = line_rows(scope, Question(by=ids))
    counts = ", ".join(f"count(distinct nullif({member_of(name)}, ''))" for name in ids)
    return (
        f"""
with counted as (
    select [{counts}] as counts,
    from {rows}
),

pairs as (
    select
        unnest($ids) as dimension,
        unnest(counts)::bigint as member_count,
        unnest(range(len(counts))) as position,
    from counted
)

select
    dimension,
    member_count,
from pairs
where member_count > 0
order by position
"""
    ), {"ids": list(ids)}


def _names(scope: Scope, params: Params) -> Made:
    """One of the members asked for: its name, and whether any line or list has such a member.

    A scope narrowed to a unit learns the names of members of its own lines only.
    """
    name, members = str(params["dimension"]), params["members"]
    asked = question((name,), ((name, members),), opened(scope.version).flexible)
    rows = all_margin_rows(scope, asked)
    return (
        f"""
with asked as (
    select unnest($members) as member,
),

names as ({_names_of(name)}),

lines as (
    select {member_of(name)} as member,
    from {rows}
    where {asked.condition()}
    group by 1
    having sum(line_count) > 0
)

select
    asked.member,
    coalesce(names.name, asked.member) as name,
    names.member is not null or lines.member is not null as is_known,
from asked
left join lines on asked.member = lines.member
left join names
    on
        asked.member = names.member
        and (lines.member is not null or getvariable('unit_id') is null)
order by asked.member
"""
    ), {**asked.bound(), "members": list(asked.where[0][1])}


def _search(scope: Scope, params: Params) -> Made:
    """One member with lines whose name or key contains `text`, the largest net revenue first."""
    name, text, most = str(params["dimension"]), params["text"], params["most"]
    if not isinstance(text, str) or not isinstance(most, int) or not 1 <= most <= MOST_FOUND:
        raise BadInput(f"A search needs a text and 1 to {MOST_FOUND} rows.", "Search again.")
    asked = question((name,), (), opened(scope.version).flexible)
    rows = all_margin_rows(scope, asked)
    return (
        f"""
with names as ({_names_of(name)}),

margins as (
    select
        {member_of(name)} as member,
        sum(net_revenue_amount)::double as net_revenue_amount,
    from {rows}
    group by 1
    having sum(line_count) > 0
)

select
    margins.member,
    coalesce(names.name, margins.member) as name,
    margins.net_revenue_amount,
from margins
left join names on margins.member = names.member
where
    contains(lower(margins.member), lower($text))
    or contains(lower(coalesce(names.name, '')), lower($text))
order by margins.net_revenue_amount desc, margins.member
limit $most
"""
    ), {"text": text, "most": most}


def _names_of(name: str) -> str:
    return NAMES.get(name, "select null::varchar as member, null::varchar as name where false")


VIEWS = {
    "margin_dimensions": Composed(_dimensions, frozenset()),
    "member_names": Composed(_names, frozenset({"dimension", "members"})),
    "member_search": Composed(_search, frozenset({"dimension", "text", "most"})),
}
