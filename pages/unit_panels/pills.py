"""The pills above the table: period, base, level, which side, which units, which columns."""

from __future__ import annotations

from typing import Any

from dash import html

from components.words import say
from pages.money.labels import member_labels, period_label
from pages.money.periods import BASES, Period, base_of, name_of, period_of, recent
from pages.shell import menu, to
from pages.unit_panels.books import Books
from pages.unit_panels.view import SHOWN, SIDES, UNIT_TYPES

_COUNTS = (("quarter", 5), ("month", 6), ("year", 2))


def pills(books: Books) -> list[Any]:
    """All of them; what narrows the view can be taken away with one press."""
    view, language = books.view, books.view.lang
    against = say("profit.against", language, base=period_label(books.base, language))
    return [
        _switch("side", SIDES, view.side, language),
        menu(period_label(books.period, language), _periods(books)),
        menu(against, _bases(books)),
        menu(say(f"profit.level.{books.level}", language), _levels(books)),
        *([_types(books)] if view.side == "unit" else []),
        _switch("columns", SHOWN, view.columns, language),
        *_scope(books),
    ]


def _switch(name: str, known: tuple[str, ...], chosen: str, language: str) -> html.Div:
    buttons = [
        _choice(say(f"units.{name}.{one}", language), {name: one}, one == chosen,
                f"pill {'on' if one == chosen else ''}")
        for one in known
    ]  # fmt: skip
    return html.Div(buttons, className="switch", role="group")


def _choice(label: str, changes: dict[str, str], is_chosen: bool, kind: str = "") -> html.Button:
    pressed: dict[str, Any] = {"aria-pressed": "true" if is_chosen else "false"}
    return to(label, changes, kind, **pressed)


def _periods(books: Books) -> list[Any]:
    """The last quarters, months and years that have data."""
    now = Period("month", "", books.first_day, books.today)
    parts = []
    for kind, count in _COUNTS:
        for name in recent(now, kind, count):
            if name >= name_of(books.first_day, kind):
                label = period_label(period_of(name, books.today, books.today), books.view.lang)
                parts.append(_choice(label, {"period": name}, name == books.period.text))
    last12 = say("profit.last12", books.view.lang)
    return [*parts, _choice(last12, {"period": "last12"}, books.period.text == "last12")]


def _bases(books: Books) -> list[Any]:
    parts = []
    for text in BASES:
        base = base_of(text, books.period, books.first_day)
        label = say(f"profit.base.{text}", books.view.lang,
                    base=period_label(base, books.view.lang))  # fmt: skip
        is_same = (base.first, base.last) == (books.base.first, books.base.last)
        parts.append(_choice(label, {"base": text}, is_same))
    return parts


def _levels(books: Books) -> list[Any]:
    return [
        _choice(say(f"profit.level.{level.id}", books.view.lang), {"level": level.id},
                level.id == books.level)
        for level in books.profile.levels
    ]  # fmt: skip


def _types(books: Books) -> html.Details:
    language, chosen = books.view.lang, books.view.unit_type
    names = {one: say(f"units.type.{one}", language) for one in UNIT_TYPES}
    whole = say("units.type.all", language)
    choices = [_choice(whole, {"unit_type": ""}, not chosen)]
    choices += [_choice(names[one], {"unit_type": one}, one == chosen) for one in UNIT_TYPES]
    return menu(names.get(chosen, whole), choices)


def _scope(books: Books) -> list[Any]:
    """The org unit and the moment that the page is narrowed to, each to be taken away."""
    view, found = books.view, []
    if view.unit:
        name = member_labels(books.scope, "org_unit", (view.unit,), view.lang)[view.unit]
        found.append(to([name, html.I("×")], {"unit": ""}, "pill gone"))
    if view.as_of:
        time = view.as_of[:16].replace("T", " ")
        label = [say("shell.as_of", view.lang, time=time), html.I("×")]
        found.append(to(label, {"as_of": ""}, "pill gone"))
    return found
