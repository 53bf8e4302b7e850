"""The views that are put together for each question, from our own words only."""

from __future__ import annotations

from domain.scope import Scope
from errors import BadInput
from queries import margin_members, margin_units, margins
from queries.views import View

COMPOSED = margins.VIEWS | margin_members.VIEWS | margin_units.VIEWS


def composed(
    name: str, scope: Scope, params: dict[str, object], is_page: bool = False
) -> tuple[View, dict[str, object]]:
    """The view of COMPOSED for this question, and what is bound; BadInput where it is unsound."""
    found = COMPOSED[name]
    lacking = found.parameters - found.optional - params.keys()
    unknown = params.keys() - found.parameters
    if unknown or lacking:
        raise BadInput(f"{name} needs {sorted(lacking)} and does not know {sorted(unknown)}.")
    make = found.make_page if is_page and found.make_page else found.make
    sql, bound = make(scope, params)
    return View(name, sql, frozenset({"margin_lines"}), frozenset(bound), frozenset(), ()), bound
