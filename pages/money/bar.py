"""The bars above the cards: what is looked at, and in which order it is drilled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dash import dcc, html

from components.words import say
from domain.dimensions import COST_MEASURES
from pages.money.asked import Asked, Where, where_text, without
from pages.money.ground import Ground, margin_profile, sums
from pages.money.labels import dimension_label, member_labels, month_label, period_label
from pages.money.periods import BASES, Period, base_of, name_of, recent
from pages.shell import menu, to

_MONTHS_SHOWN = 12
_MOST_BY = 8
OPENERS = (
    ("lines", '{"lines":[]}'), ("projects", '{"projects":""}'), ("what_if", '{"what_if":""}'),
)  # fmt: skip


def filters(ground: Ground) -> list[Any]:
    """Period, base, margin level, a pill for each filter, and what opens the rest."""
    say = ground.say
    return [
        menu(period_label(ground.period, ground.language), _periods(ground)),
        menu(say("profit.against", base=period_label(ground.base, ground.language)),
             _bases(ground)),
        menu(say(f"profit.level.{ground.level}"), _levels(ground)),
        *_unit(ground),
        *[_filter(ground, dimension, members) for dimension, members in ground.asked.where],
        menu(say("profit.filter.add"), _filterable(ground), "plain"),
        *_past(ground),
    ]  # fmt: skip


def _periods(ground: Ground) -> list[Any]:
    """Months, quarters, years with data, and days of one's own."""
    text, language = ground.period.text, ground.language
    end = Period("month", "", ground.first_day, min(ground.last_day, ground.today))
    parts: list[Any] = [_choice(ground.say("profit.last12"), {"period": "last12"},
                                ground.period.kind == "last12")]  # fmt: skip
    for kind, count in (("year", 4), ("quarter", 6), ("month", _MONTHS_SHOWN)):
        parts += [
            _choice(_named(name, kind, language), {"period": name}, name == text)
            for name in recent(end, kind, count)
            if name >= name_of(ground.first_day, kind)
        ]
    return [*parts, *_days(ground, "period", ground.period)]


def _named(name: str, kind: str, language: str) -> str:
    if kind == "month":
        return month_label(date.fromisoformat(f"{name}-01"), language)
    if kind == "quarter":
        return say("profit.quarter", language, n=name[-1], year=name[:4])
    return say("profit.year", language, year=name)


def _days(ground: Ground, name: str, period: Period) -> list[Any]:
    """Two days to choose; assets/profit.js tells the address when both are there."""
    given: dict[str, Any] = {"data-days": name}
    kind: Any = "date"
    fields = [
        html.Label([ground.say(f"profit.{side}"), dcc.Input(type=kind, value=day.isoformat())])
        for side, day in (("from", period.first), ("to", period.last))
    ]
    done = html.Button(ground.say("profit.apply"), type="button", className="button")
    return [html.H3(ground.say("profit.custom")), html.Div([*fields, done], className="days",
                                                           **given)]  # fmt: skip


def _bases(ground: Ground) -> list[Any]:
    parts: list[Any] = []
    for text in BASES:
        base = base_of(text, ground.period, ground.first_day)
        label = ground.say(f"profit.base.{text}", base=period_label(base, ground.language))
        same = (base.first, base.last) == (ground.base.first, ground.base.last)
        parts.append(_choice(label, {"base": text}, same))
    return [*parts, *_days(ground, "base", ground.base)]


def _levels(ground: Ground) -> list[Any]:
    return [
        _choice(ground.say(f"profit.level.{level.id}"), {"level": level.id},
                level.id == ground.level)
        for level in margin_profile().levels
    ]  # fmt: skip


def _choice(label: str, changes: dict[str, str], is_chosen: bool) -> Any:
    pressed: dict[str, Any] = {"aria-pressed": "true" if is_chosen else "false"}
    return to(label, changes, **pressed)


def _unit(ground: Ground) -> list[Any]:
    unit = ground.asked.unit
    if not unit:
        return []
    label = f"{dimension_label('org_unit', ground.language)}: {unit_name(ground)}"
    return [_removable(ground, label, {"unit": ""})]


def unit_name(ground: Ground) -> str:
    unit = ground.asked.unit
    if not unit:
        return ground.say("shell.whole")
    return member_labels(ground.scope, "org_unit", (unit,), ground.language)[unit]


def _filter(ground: Ground, dimension: str, members: tuple[str, ...]) -> Any:
    names = member_labels(ground.scope, dimension, members[:3], ground.language)
    shown = ", ".join(names[member] for member in members[:3])
    if len(members) > 3:
        shown = ground.say("profit.filter.many", names=shown, count=len(members) - 3)
    label = f"{dimension_label(dimension, ground.language)}: {shown}"
    changes = {"where": where_text(without(ground.asked.where, dimension)), "expanded": ""}
    return _removable(ground, label, changes)


def _removable(ground: Ground, label: str, changes: dict[str, str]) -> Any:
    named: dict[str, Any] = {"aria-label": ground.say("profit.filter.remove", name=label)}
    return to([html.Span(label), html.I("×")], changes, "pill gone", title=label, **named)


def _filterable(ground: Ground) -> list[Any]:
    return [
        to(dimension_label(name, ground.language), {"open": f'{{"pick":"{name}"}}'})
        for name in ground.dimensions
    ]


def _past(ground: Ground) -> list[Any]:
    if not ground.asked.as_of:
        return []
    label = ground.say("shell.as_of", time=ground.asked.as_of[:16].replace("T", " "))
    return [_removable(ground, label, {"as_of": ""})]


def drill(ground: Ground) -> list[Any]:
    """The dimensions in the order of the drill; drag or arrow keys move one, Delete removes it."""
    asked = ground.asked
    pills: list[Any] = []
    for place, dimension in enumerate(asked.by):
        pills += [html.I("›", className="step")] if place else []
        pills.append(_pill(ground, place, dimension))
    others = [name for name in ground.dimensions if name not in asked.by]
    add = [to(dimension_label(name, ground.language), {"by": ",".join((*asked.by, name))})
           for name in others]  # fmt: skip
    more = [menu(ground.say("profit.drill.add"), add, "plain")]
    return [
        html.Span(ground.say("profit.drill"), className="muted"),
        html.Div(pills, className="pills", role="list"),
        *(more if others and len(asked.by) < _MOST_BY else []),
        html.Span(ground.say("profit.drill.hint"), className="muted hint"),
        html.Span(className="push"),
        *_openers(ground),
    ]


def _openers(ground: Ground) -> list[Any]:
    """What opens beside the page, for all that is filtered."""
    pills = [to(ground.say(f"profit.{kind}"), {"open": text}, "pill") for kind, text in OPENERS]
    has_projects = "project" in ground.dimensions
    return pills if has_projects else [pills[0], pills[2]]


def told(ground: Ground) -> str:
    """What of the question could not be answered, in sentences."""
    found = [ground.say(f"profit.problem.{one.key}", **dict(one.values))
             for one in ground.asked.problems]  # fmt: skip
    if not sums(ground, (), ground.period, ())[list(COST_MEASURES)].to_numpy().any():
        found.append(ground.say("profit.problem.no_costs"))
    return " ".join(found)


def _pill(ground: Ground, place: int, dimension: str) -> html.Div:
    name = dimension_label(dimension, ground.language)
    is_first = ground.asked.drilled[:1] == (dimension,)
    given: dict[str, Any] = {
        "data-dimension": dimension,
        "aria-label": ground.say("profit.drill.pill", name=name, place=place + 1,
                                 count=len(ground.asked.by)),
    }  # fmt: skip
    is_fixed = dimension not in ground.asked.drilled
    kind = "on" if is_first else "fixed" if is_fixed else ""
    return html.Div(f"{place + 1} {name}", className=f"pill dimension {kind}", draggable="true",
                    tabIndex=0, role="listitem", title=ground.say("profit.drill.help"),
                    **given)  # fmt: skip


def added(where: Where, dimension: str, member: str) -> Where:
    """The filter with a member put in, or taken out where it was in."""
    found = dict(where)
    members = set(found.pop(dimension, ())) ^ {member}
    if members:
        found[dimension] = tuple(sorted(members))
    return tuple(sorted(found.items()))


def plain(asked: Asked) -> Asked:
    """The question without what only the table looks at, so that charts are drawn once for it."""
    return replace(asked, expanded=(), sort="revenue", is_ascending=False, costs=(), most=40,
                   opened="")  # fmt: skip


def with_costs(asked: Asked) -> Asked:
    """The same, but with the columns that the totals have, too."""
    return replace(plain(asked), costs=asked.costs)
