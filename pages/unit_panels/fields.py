"""Fields that people type numbers into: they stay in the page, so that a redraw takes nothing away.

What is typed goes into the address; the address decides what the fields hold.
"""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, clientside_callback, dcc, html, no_update

from components.words import say
from settings import settings


def field(page: str, name: str) -> html.Div:
    """A label, what it is of (filled by the page), the input, its unit."""
    key = f"{page}-{name}"
    box = dcc.Input(id=key, type="text", inputMode="numeric", value="", debounce=True,
                    autoComplete="off", maxLength=20)  # fmt: skip
    return html.Div(
        [html.Label(id=f"{key}-label", htmlFor=key), html.Div(id=f"{key}-of"), box,
         html.Small(id=f"{key}-unit", className="muted")],
        className="field",
    )  # fmt: skip


def given(page: str) -> dcc.Store:
    """What the fields were last given, by which what is typed is told from it."""
    return dcc.Store(id=f"{page}-given", data={})


def outputs(page: str, names: tuple[str, ...]) -> list[Output]:
    """Label and unit of each field, then their values, then what they were given."""
    parts = [Output(f"{page}-{name}-{part}", "children")
             for part in ("label", "unit") for name in names]  # fmt: skip
    values = [Output(f"{page}-{name}", "value") for name in names]
    return [*parts, *values, Output(f"{page}-given", "data")]


def filled(page: str, values: dict[str, str], now: tuple[str | None, ...], language: str) -> Any:
    """What outputs() takes; a field that holds its value already is left alone."""
    currency = settings().currency
    parts = [say(f"{page}.field.{name}{part}", language, currency=currency)
             for part in ("", ".unit") for name in values]  # fmt: skip
    fresh = [value if value != (held or "") else no_update
             for value, held in zip(values.values(), now, strict=True)]  # fmt: skip
    return [*parts, *fresh, values]


def tells(page: str, names: tuple[str, ...]) -> None:
    """Adds the callback that puts what is typed into the address."""
    clientside_callback(
        """(...values) => { const given = values.pop() ?? {};
          const typed = Object.keys(given).map((name, at) => [name, String(values[at] ?? '')]);
          const changed = typed.filter(([name, value]) => value !== given[name]);
          if (changed.length) window.shell.go(Object.fromEntries(changed));
          return window.dash_clientside.no_update; }""",
        Output(f"{page}-fields", "title"),
        *(Input(f"{page}-{name}", "value") for name in names),
        State(f"{page}-given", "data"),
        prevent_initial_call=True,
    )
