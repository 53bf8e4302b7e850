"""The drawer: the rows behind a number, what they add up to, and the number's thresholds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import dcc, html

from components import pieces
from components.charts import graph
from components.words import exact, percent, plain, problem, say
from domain.decision import Decision
from domain.metrics import METRIC, Metric
from domain.readings import Reading, read_units
from domain.scope import Scope
from domain.status import ratio
from domain.thresholds import KIND, Threshold
from domain.typed import shown_limit
from errors import WarRoomError
from pages.panels.sight import DAYS_TRIED, asked, moment, thresholds
from pages.panels.target import PAGE_ROWS, Target
from queries import page, parameters, read, totals
from state import history

HISTORY_SHOWN = 4


def drawer(target: Target, scope: Scope, language: str, said: str = "") -> html.Aside:
    """The whole drawer; `scope` is the target's. A part that fails says why in its place."""
    tz, now = moment(scope)
    title = say(f"metric.{METRIC[target.metric].id}", language)
    where = _where(target, scope, language)
    head = pieces.drawer_head(title, where, f"{now:%Y-%m-%d %H:%M}", language)
    parts = [_rows(target, scope, tz, now, language)]
    if not target.hour:
        parts.insert(0, _limits(target, scope, language, said))
    given: dict[str, Any] = {
        "aria-label": f"{title}, {where}",
        "data-target": json.dumps(target.as_data()),
    }
    return html.Aside([head, *parts], className="drawer", role="dialog", tabIndex=-1, **given)


def reading_of(target: Target, scope: Scope) -> Reading | None:
    """The target's metric over the days on which thresholds are tried."""
    tz, now = moment(scope)
    metric = target.judged
    own = {"store_id": target.store} if target.store else {}
    rows = read(metric.id, scope, **asked(tz, now, DAYS_TRIED), **own)
    mine = rows if target.store else rows[_is_unit(rows["org_unit_id"], target.unit, scope)]
    found = read_units(metric, mine, _held(target, scope))
    return next(iter(found.values()), None)


def _held(target: Target, scope: Scope) -> dict[str | None, Threshold]:
    """The thresholds by unit; a store's rows have no unit: under None stands its unit's."""
    held = threshold_of(target, scope)
    unit = _limits_unit(target, scope)
    return {None: held.get(unit, held[None])} if target.store else held


def threshold_of(target: Target, scope: Scope) -> dict[str | None, Threshold]:
    """The thresholds of the target's metric by unit."""
    return thresholds(scope, target.judged.id)


def _limits_unit(target: Target, scope: Scope) -> str | None:
    """The unit whose thresholds the target's are: a store's are those of the unit looked at."""
    first = read("units", scope)["org_unit_id"]
    return target.unit or (None if not len(first) or pd.isna(first.iloc[0]) else str(first.iloc[0]))


def _is_unit(column: pd.Series, unit: str | None, scope: Scope) -> pd.Series:
    own = unit or scope.unit_id
    if own is None:
        first = read("units", scope)["org_unit_id"].iloc[0]
        own = None if pd.isna(first) else first
    return column.isna() if own is None else column == own


def _where(target: Target, scope: Scope, language: str) -> str:
    units = read("units", scope)
    name = units["name"].iloc[0] if len(units) else None
    parts = [say("board.whole", language) if pd.isna(name) else str(name)]
    if target.store:
        parts.append(target.store)
    if target.hour:
        parts.append(f"{datetime.fromisoformat(target.hour):%m-%d %H:00}")
    return " · ".join(parts)


def _rows(target: Target, scope: Scope, tz: str, now: datetime, language: str) -> html.Section:
    params = row_parameters(target, tz, now)
    try:
        sums = totals(target.rows_view, scope, **params)
        rows = page(target.rows_view, scope, target.offset, PAGE_ROWS, **params)
    except WarRoomError as error:
        return html.Section(pieces.note(problem(error, language)))
    count = int(sums["row_count"] or 0)
    title = html.H3(say("drawer.rows", language, count=exact(count, language, 0)))
    link = html.A(say("drawer.csv", language), href=csv_address(target), className="quiet")
    body = [html.Header([title, link]), _sum(METRIC[target.metric], sums, language)]
    if count:
        body += [_table(rows, sums, target.metric, language), _pages(target, count, language)]
    else:
        body.append(pieces.note(say("drawer.none", language)))
    return html.Section(body, className="rows")


def row_parameters(target: Target, tz: str, now: datetime) -> dict[str, Any]:
    """What the rows view of a target is asked with."""
    known = parameters(target.rows_view)
    given = {**asked(tz, now, 1), **target.filters()}
    return {name: value for name, value in given.items() if name in known}


def csv_address(target: Target) -> str:
    """The link that gives all rows of a target as a file."""
    given = {name: value for name, value in target.as_data().items() if value and name != "offset"}
    return f"/rows.csv?{urlencode(given)}"


def _sum(metric: Metric, sums: dict[str, Any], language: str) -> html.P:
    """The number once more, from the rows: sum over sum."""
    value = ratio(sums["numerator"], sums["denominator"])
    shown = {
        "money": percent(value),
        "share": percent(value, 2),
        "times": plain(value, 2),
        "hours": plain(value, 1),
    }[metric.shows]
    parts = {name: exact(sums[name], language) for name in ("numerator", "denominator")}
    return html.P(say(f"drawer.sum.{metric.id}", language, value=shown, **parts), className="sum")


def _table(rows: pd.DataFrame, sums: dict[str, Any], metric: str, language: str) -> html.Div:
    sides = ["numerator", "denominator"]  # what adds up comes first, beside what it is of
    first, *others = [name for name in rows.columns if name not in sides]
    rows = rows[[first, *sides, *others]]
    names = list(rows.columns)
    numeric = {name for name in names if pd.api.types.is_numeric_dtype(rows[name])}
    head = html.Tr(
        [html.Th(label(name, metric, language), className="n" if name in numeric else "",
                 scope="col") for name in names]
    )  # fmt: skip
    body = [
        html.Tr([html.Td(_cell(value, language), className="n" if name in numeric else "")
                 for name, value in zip(names, row, strict=True)])
        for row in rows.itertuples(index=False, name=None)
    ]  # fmt: skip
    last = [html.Td(say("drawer.total", language))]
    last += [
        html.Td(exact(sums[name], language) if name in sums else "", className="n")
        for name in names[1:]
    ]
    table = [html.Thead(head), html.Tbody(body), html.Tfoot(html.Tr(last))]
    return html.Div(html.Table(table), className="scroll", tabIndex=0)


def label(name: str, metric: str, language: str) -> str:
    """A column's heading; numerator and denominator are named by their metric."""
    key = f"column.{metric}.{name}" if name in ("numerator", "denominator") else f"column.{name}"
    return say(key, language)


def _cell(value: Any, language: str) -> str:
    if value is None or value is pd.NaT or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, bool):
        return say("yes" if value else "no", language)
    if isinstance(value, int):
        return exact(value, language, 0)
    if isinstance(value, float):
        return exact(value, language)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value == value.normalize() else f"{value:%Y-%m-%d %H:%M}"  # type: ignore[attr-defined]
    return str(value)


def _pages(target: Target, count: int, language: str) -> html.Nav:
    if count <= PAGE_ROWS:
        return html.Nav()
    last = min(target.offset + PAGE_ROWS, count)
    steps: list[Any] = [
        html.Span(say("drawer.page", language, first=target.offset + 1, last=last, count=count))
    ]
    for key, offset in (
        ("previous", target.offset - PAGE_ROWS),
        ("next", target.offset + PAGE_ROWS),
    ):
        if 0 <= offset < count:
            words = say(f"drawer.{key}", language)
            steps.append(
                pieces.opens(words, {**target.as_data(), "offset": offset}, words, "quiet")
            )
    return html.Nav(steps, className="pages")


def _limits(target: Target, scope: Scope, language: str, said: str) -> html.Section:
    """Yellow and red: what holds and from where, what it would have done, who changed it."""
    try:
        reading = reading_of(target, scope)
    except WarRoomError as error:
        return html.Section(pieces.note(problem(error, language)))
    metric = target.judged
    unit = _limits_unit(target, scope)
    threshold = reading.threshold if reading else threshold_of(target, scope)[unit]
    past = history(KIND, metric.id, unit)
    seen = past[0].seq if past else None
    if not past and threshold.decision and threshold.from_unit == unit:
        past = (threshold.decision,)  # laid down while the unit had another key
    store = {"unit": unit, "seen": seen, "target": target.as_data()}
    side = "below" if metric.limits.is_low_bad else "above"
    fields = [_field(name, side, threshold, metric, language) for name in ("yellow", "red")]
    reason = dcc.Input(id="drawer-reason", type="text", maxLength=500, autoComplete="off",
                       placeholder=say("drawer.reason", language), className="reason")  # fmt: skip
    save = html.Button(say("drawer.save", language), id="drawer-save", className="primary")
    undo = html.Button(say("drawer.undo", language), id="drawer-undo", className="quiet",
                       hidden=seen is None)  # fmt: skip
    return html.Section(
        [
            html.Header([html.H3(say("drawer.limits", language)),
                         html.Span(_origin(threshold, unit, scope, language), className="note")]),
            dcc.Store(id="drawer-of", data=store),
            html.Div([*fields, reason, save, undo], className="limits"),
            html.P(said, id="drawer-message", role="status"),
            html.P(id="drawer-preview", className="note"),
            _history(language),
            html.Ul([_change(change, language) for change in past[:HISTORY_SHOWN]],
                    className="changes"),
        ],
        className="thresholds",
    )  # fmt: skip


def _history(language: str) -> html.Div:
    """The chart of the days; the preview beside it says in words what it shows."""
    words = say("drawer.history", language, days=DAYS_TRIED)
    named: dict[str, Any] = {"aria-label": words}
    return html.Div(graph("drawer-history", words), className="history", role="img", **named)


def _field(name: str, side: str, threshold: Threshold, metric: Metric, language: str) -> html.Label:
    value = shown_limit(getattr(threshold.limits, name), metric.unit)
    box = dcc.Input(id=f"drawer-{name}", type="text", value=value, autoComplete="off")
    return html.Label(
        [html.Span(className=f"mark {name}"), say(f"drawer.{name}.{side}", language), box]
    )


def _origin(threshold: Threshold, unit: str | None, scope: Scope, language: str) -> str:
    if threshold.is_default:
        return say("drawer.from.default", language)
    if threshold.from_unit == unit:
        return say("drawer.from.own", language)
    if threshold.from_unit is None:
        return say("drawer.from.company", language)
    above = read("unit_path", scope, org_unit_id=unit)
    named = above[above["org_unit_id"] == threshold.from_unit]["name"]
    return say(
        "drawer.from.unit", language, unit=named.iloc[0] if len(named) else threshold.from_unit
    )


def _change(change: Decision, language: str) -> html.Li:
    """Who changed the thresholds when, to what and why."""
    metric = METRIC[change.key]
    what = say("drawer.inherited", language)
    if change.content is not None:
        what = " / ".join(
            shown_limit(change.content[name], metric.unit) for name in ("yellow", "red")
        )
    when = change.decided_at.astimezone(UTC)
    return html.Li(f"{when:%Y-%m-%d %H:%M} UTC · {change.decided_by} · {what} · {change.reason}")
