"""What the views have in common whose SQL depends on what is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.scope import Scope
from queries.opening import opened
from queries.questions import Question, question

Params = Mapping[str, object]
Made = tuple[str, dict[str, object]]

# SQL of what members of a dimension are called, where that is not the member itself.
NAMES = {
    "customer": "select customer_id as member, name from known.customers",
    "product": "select product_id as member, arg_max(name, valid_from) as name "
    "from known.products group by product_id",
    "channel": "select channel_id as member, name from known.channels",
    "rep": "select rep_id as member, arg_max(name, valid_from) as name "
    "from known.reps group by rep_id",
    "region": "select org_unit_id as member, name from known.org_units",
    "org_unit": "select org_unit_id as member, name from known.org_units",
    "profit_unit": "select profit_unit_id as member, arg_max(name, valid_from) as name "
    "from known.profit_units group by profit_unit_id",
}


@dataclass(frozen=True)
class Composed:
    """A view made for each question: `make` gives its SQL and what is bound to it.

    `make_page` does where a page of it is better made in another way; PAGE stands where it is cut.
    """

    make: Callable[[Scope, Params], Made]
    parameters: frozenset[str]
    optional: frozenset[str] = frozenset()
    make_page: Callable[[Scope, Params], Made] | None = None


def asked_of(scope: Scope, params: Params) -> Question:
    """The dimensions and members of the parameters `by` and `where`, checked."""
    flexible = opened(scope.version).flexible
    return question(params.get("by", ()), params.get("where", ()), flexible)
