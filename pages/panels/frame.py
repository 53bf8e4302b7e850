"""The frame of the board: header, empty panels that say what fills them, the three criteria."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from dash import html

from components import pieces
from components.words import long_day, say
from pages.panels import hours_table
from pages.panels.age import data_age
from pages.panels.sight import Sight
from pages.panels.view import View
from queries import read

KEYS = (
    ("?", "keys"), ("Enter", "open"), ("n", "next"), ("p", "previous"), ("h", "hours"),
    ("Esc", "close"), ("t", "theme"), ("l", "language"), ("w", "wall"),
)  # fmt: skip
CRITERIA = ("rules", "depth", "unit_margin")


def header(sight: Sight) -> list[Any]:
    """Unit, day, how old the data are, the clock; at a desk what can be switched."""
    here = sight.name(sight.root)
    name = html.H1([*_way_up(sight), html.Span(here, className="here", title=here)])
    day = html.Span(long_day(sight.now.date(), sight.language), className="muted")
    age = html.Span(
        [html.I(className="pulse"), data_age(sight.scope, sight.language)],
        className="muted push",
        id="room-age",
    )
    words: dict[str, Any] = {
        f"data-{name}": sight.say(f"stale.{name}", minutes="{minutes}")
        for name in ("offline", "worker")
    }
    stale = html.Span(id="room-stale", role="status", **words)
    time = html.Time(f"{sight.now:%H:%M}")
    switches = [] if sight.view.is_wall else [_switches(sight.view)]
    return [name, day, stale, age, *switches, time]


def _way_up(sight: Sight) -> list[Any]:
    """The units above, each a way back; none at the top."""
    if sight.root is None or sight.scope.unit_id is None:
        return []
    above = read("unit_path", sight.scope, org_unit_id=sight.root)
    steps = above[above["distance"] > 0][::-1]
    found: list[Any] = []
    for row in steps.to_dict("records"):
        unit = "" if row["distance"] == steps["distance"].max() else str(row["org_unit_id"])
        found += [pieces.goes(row["name"], {"unit": unit}), html.I("›", className="step")]
    return found


def bare_header(view: View) -> list[Any]:
    """The header while there is no data: what can be switched."""
    name = html.H1(say("board.title", view.lang))
    return [name, html.Span(className="push"), _switches(view)]


def no_data(language: str) -> html.Section:
    """The whole board while there is no data: how to get some."""
    note = pieces.note(say("board.none", language))
    return pieces.card(say("board.none.title", language), "", note, "nothing")


def _switches(view: View) -> html.Nav:
    language = view.lang
    other = "day" if view.theme == "night" else "night"
    tongue = "zh" if language == "en" else "en"
    named: dict[str, Any] = {"aria-label": say("board.switches", language)}
    keyed: dict[str, Any] = {"aria-label": say("keys", language), "aria-haspopup": "dialog"}
    kept = {"theme": view.theme, "lang": language, "unit": view.unit, "as_of": view.as_of}
    query = urlencode({name: value for name, value in kept.items() if value})
    pages = [
        html.A(say(f"shell.page.{page}", language), href=f"/{page}?{query}", className="goes")
        for page in ("profit", "units")
    ]
    return html.Nav(
        [
            *pages,
            pieces.goes(say(f"theme.{other}", language), {"theme": other}),
            pieces.goes(say("language", language), {"lang": tongue}),
            pieces.goes(say("wall", language), {"wall": "1"}),
            html.Button("?", className="open-keys", title=say("keys", language), **keyed),
        ],
        className="switches",
        **named,
    )


def as_table(sight: Sight) -> Any:
    """What shows the chart's hours as a table; a wall has nobody to press it."""
    if sight.view.is_wall:
        return ""
    words = sight.say("board.hours.table")
    return pieces.opens(words, hours_table.TARGET, words, "quiet")


def keys(language: str) -> list[Any]:
    """The list of keyboard shortcuts that `?` opens; assets/live.js holds to it."""
    rows = [
        html.Tr([html.Th(html.Kbd(key), scope="row"), html.Td(say(f"key.{name}", language))])
        for key, name in KEYS
    ]
    out = html.Button(say("close", language), className="close-keys quiet", type="button")
    return [html.H2(say("keys", language)), html.Table(html.Tbody(rows)), out]


def visits(sight: Sight) -> html.Section:
    return _empty(sight, "visits")


def commitments(sight: Sight) -> html.Section:
    return _empty(sight, "commitments")


def _empty(sight: Sight, name: str) -> html.Section:
    text = sight.say(f"board.{name}.empty")
    return pieces.card(sight.say(f"board.{name}"), "", pieces.note(text))


def criteria(sight: Sight) -> list[Any]:
    """The three figures by which the war room itself is measured: none can be formed yet."""
    return [
        html.Div(
            [
                html.B(sight.say(f"criterion.{name}")),
                html.Span(sight.say(f"criterion.{name}.empty")),
            ]
        )
        for name in CRITERIA
    ]
