"""The shell of the pages for a laptop: navigation at the left, a header, the page's own content.

A page keeps its whole state in the address. `<page>-asked` holds the address's query as a dict of
texts; assets/shell.js writes both when something with `to(...)` is pressed and when the browser
goes back or forward.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import dash
from dash import Input, Output, clientside_callback, dcc, html

from components.words import LANGUAGES, say
from domain.scope import Scope
from pages.panels.age import data_age
from settings import settings

KEPT = ("theme", "lang", "unit", "as_of")  # what one page hands on to the next


@dataclass(frozen=True)
class Place:
    """A page of the draft; it is a link once it is registered."""

    id: str
    path: str
    group: str


PLACES = (
    Place("board", "/", "daily"),
    Place("standup", "/standup", "daily"),
    Place("pipeline", "/pipeline", "daily"),
    Place("profit", "/profit", "money"),
    Place("units", "/units", "money"),
    Place("customers", "/customers", "money"),
    Place("cobuild", "/cobuild", "customer"),
    Place("rules", "/rules", "rules"),
    Place("effect", "/effect", "rules"),
    Place("data", "/data", "data"),
    Place("reports", "/reports", "data"),
)


def shell(page: str, query: dict[str, str], body: list[Any]) -> html.Div:
    """The frame of a page without data; callbacks fill `<page>-nav` and `<page>-header`.

    `query` is the address's query as Dash hands it to layout().
    """
    themed: dict[str, Any] = {"data-theme": query.get("theme") or "day", "data-page": page,
                              "data-language": settings().language}  # fmt: skip
    language = query.get("lang", "")
    named: dict[str, Any] = {
        "aria-label": say("shell.nav", language if language in LANGUAGES else settings().language)
    }
    return html.Div(
        [
            dcc.Store(id=f"{page}-asked", data=query),
            html.Nav(id=f"{page}-nav", className="places", **named),
            html.Main(
                [html.Header(id=f"{page}-header", className="top"), *body],
                className="sheet",
            ),
        ],
        id=f"{page}-room",
        className="shell",
        **themed,
    )


def dresses(page: str) -> None:
    """Adds the callback that puts theme and language on the page as soon as they are chosen."""
    clientside_callback(
        "(asked) => window.shell.dress(asked)",
        Output(f"{page}-room", "data-theme"),
        Output(f"{page}-room", "lang"),
        Input(f"{page}-asked", "data"),
    )


KEYS = ("?", "Enter", "l", "f", "← →", "Delete", "t", "Esc")  # assets/shell.js holds to it


def keys(language: str) -> html.Dialog:
    """The list of keyboard shortcuts that `?` opens."""
    rows = [
        html.Tr([html.Th(html.Kbd(key), scope="row"), html.Td(say(f"shell.key.{key}", language))])
        for key in KEYS
    ]
    named: dict[str, Any] = {"aria-label": say("shell.keys", language)}
    title = html.H2(say("shell.keys", language))
    return html.Dialog([title, html.Table(html.Tbody(rows))], id="shell-keys", **named)


def nav(page: str, kept: dict[str, str], where: str, language: str) -> list[Any]:
    """The navigation. `kept`: what the links hand on (KEPT), `where`: the unit looked at."""
    exist = {found["path"] for found in dash.page_registry.values()}
    parts: list[Any] = [html.B(say("shell.room", language))]
    for group in dict.fromkeys(place.group for place in PLACES):
        parts.append(html.H2(say(f"shell.group.{group}", language)))
        parts += [
            _entry(place, place.id == page, place.path in exist, kept, language)
            for place in PLACES
            if place.group == group
        ]
    parts.append(html.Div([html.Span(where), _switches(kept, language)], className="foot"))
    return [*parts, keys(language)]


def _entry(place: Place, is_here: bool, exists: bool, kept: dict[str, str], language: str) -> Any:
    name = say(f"shell.page.{place.id}", language)
    if not exists:
        return html.Span(name, className="place later", title=say("shell.later", language))
    query = urlencode({key: kept[key] for key in KEPT if kept.get(key)})
    marked: dict[str, Any] = {"aria-current": "page"} if is_here else {}
    return html.A(name, href=f"{place.path}{'?' if query else ''}{query}", className="place",
                  **marked)  # fmt: skip


def _switches(kept: dict[str, str], language: str) -> html.Div:
    other = "day" if kept.get("theme") == "night" else "night"
    turned = "zh" if language == "en" else "en"
    return html.Div(
        [to(say(f"theme.{other}", language), {"theme": other}),
         to(say("language", language), {"lang": turned}),
         html.Button("?", id="shell-ask", title=say("shell.keys", language), type="button")],
        className="switches",
    )  # fmt: skip


def header(
    title: str, scope: Scope | None, language: str, files: tuple[tuple[str, str], ...] = ()
) -> list[Any]:
    """Title, age of the data, copy link, export. `files`: (label, address) to export to.

    The address's query is added to a file's address when it is pressed.
    """
    words: dict[str, Any] = {
        f"data-{name}": say(f"stale.{name}", language, minutes="{minutes}")
        for name in ("offline", "worker")
    }
    stale = html.Span(id="room-stale", role="status", **words)
    dated: list[Any] = (
        [] if scope is None else [html.I(className="pulse"), data_age(scope, language)]
    )
    age = html.Span(dated, id="room-age", className="muted push")
    said: dict[str, Any] = {"data-copied": say("shell.copied", language)}
    copy = html.Button(say("shell.copy", language), id="shell-copy", className="button", **said)
    return [html.H1(title), stale, age, copy, *_export(files, language)]


def _export(files: tuple[tuple[str, str], ...], language: str) -> list[Any]:
    if not files:
        return []
    links = [html.A(label, href=address, className="export") for label, address in files]
    return [
        html.Details(
            [html.Summary(say("shell.export", language), className="button"),
             html.Div(links, className="choices")],
            className="menu right",
        )
    ]  # fmt: skip


def to(children: Any, changes: dict[str, str], kind: str = "", **more: Any) -> html.Button:
    """What changes the address, and with it the page, when it is pressed; "" takes a part away."""
    given: dict[str, Any] = {"data-to": json.dumps(changes, ensure_ascii=False), **more}
    return html.Button(children, className=f"to {kind}", type="button", **given)


def menu(label: Any, choices: list[Any], kind: str = "") -> html.Details:
    """A pill that opens a list of choices; Escape and a choice close it."""
    return html.Details(
        [html.Summary(label, className="pill"), html.Div(choices, className="choices")],
        className=f"menu {kind}",
    )
