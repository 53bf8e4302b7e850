"""The views of margins whose SQL depends on what is asked, and where each takes its rows from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.dimensions import MEASURES
from domain.scope import Scope
from errors import BadInput
from queries.opening import opened
from queries.questions import Question, question
from queries.views import View

Params = Mapping[str, object]
_SUMS = ", ".join(
    f"coalesce(sum({name}), 0)::{'bigint' if name == 'line_count' else 'double'} as {name}"
    for name in MEASURES
)


@dataclass(frozen=True)
class Composed:
    """A view made for each question: `make` gives its SQL and what is bound to it."""

    make: Callable[[Scope, Params], tuple[str, dict[str, object]]]
    parameters: frozenset[str]
    optional: frozenset[str]


def margin_by(scope: Scope, params: Params) -> tuple[str, dict[str, object]]:
    """One combination of members, the largest net revenue first, with MEASURES; see COMPOSED."""
    asked = _question(scope, params)
    groups = ", ".join(str(number + 1) for number in range(len(asked.by)))
    last = f"group by {groups} order by net_revenue_amount desc, {groups}" if groups else ""
    sql = (
        f"select {asked.members()}{_SUMS} from {_lines(scope, asked)} "
        f"where invoice_date between $first_day and $last_day and {asked.condition()} {last}"
    )
    return sql, {**asked.bound(), "first_day": asked.first_day, "last_day": asked.last_day}


def composed(name: str, scope: Scope, params: dict[str, object]) -> tuple[View, dict[str, object]]:
    """The view of COMPOSED for this question, and what is bound; BadInput where it is unsound."""
    found = COMPOSED[name]
    lacking = found.parameters - found.optional - params.keys()
    unknown = params.keys() - found.parameters
    if unknown or lacking:
        raise BadInput(f"{name} needs {sorted(lacking)} and does not know {sorted(unknown)}.")
    sql, bound = found.make(scope, params)
    return View(name, sql, frozenset({"margin_lines"}), frozenset(bound), frozenset(), ()), bound


def _question(scope: Scope, params: Params) -> Question:
    return question(
        params.get("by", ()),
        params.get("where", ()),
        params["first_day"],
        params["last_day"],
        opened(scope.version).flexible,
    )


def _lines(scope: Scope, asked: Question) -> str:
    """SQL of the order lines with the columns that are asked for, those of the scope's unit."""
    rows = "select *, 1 as line_count from known.margin_lines"
    if scope.unit_id is not None:
        rows += " where org_unit_id in (select org_unit_id from visible_units)"
    return f"({rows}) as lines"


COMPOSED = {
    "margin_by": Composed(
        margin_by,
        frozenset({"by", "where", "first_day", "last_day"}),
        frozenset({"where"}),
    ),
}
