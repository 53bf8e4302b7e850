"""Project cost sheets: estimated, actual, to come, and what a new price does to the margin."""

from __future__ import annotations

from typing import Any

from dash import html

from components import pieces
from components.words import DASH, exact, money, percent
from domain.projects import ProjectCost, ProjectSheet, project_sheets
from pages.money.asked import where_text
from pages.money.drawer import frame, numbers_table
from pages.money.ground import Ground, margin_profile, records
from pages.money.labels import member_labels
from pages.money.opened import Opened
from pages.shell import to
from queries import read
from settings import settings

_AMOUNTS = ("net_revenue_amount", "actual_amount", "estimated_amount", "to_come_amount")
_LISTED = (*_AMOUNTS, "margin_now", "rate_now", "expected_margin", "rate_expected", "repricing")
_BY_TYPE = ("estimated_amount", "actual_amount", "to_come_amount", "priced_before", "repricing")


def projects(ground: Ground, opened: Opened) -> html.Aside:
    """The drawer of all projects, or the sheet of one with the list below it."""
    rows = records(read("project_costs", ground.scope))
    sheets = [sheet for sheet in project_sheets(rows, margin_profile(), ground.level)
              if sheet.project_id]  # fmt: skip
    names = member_labels(ground.scope, "project", [sheet.project_id for sheet in sheets],
                          ground.language)  # fmt: skip
    below = ground.say("profit.projects.below", level=ground.say(f"profit.level.{ground.level}"))
    if not sheets:
        note = pieces.note(ground.say("profit.projects.none"))
        return frame(ground, ground.say("profit.projects"), below, [note])
    chosen = next((sheet for sheet in sheets if sheet.project_id == opened.project), None)
    body: list[Any] = []
    if opened.project:
        body.append(
            _sheet(ground, chosen, names)
            if chosen
            else pieces.note(ground.say("profit.problem.member", member=opened.project[:60]))
        )
    body.append(html.Section(_list(ground, sheets, names), className="rows"))
    return frame(ground, ground.say("profit.projects"), below, body)


def _list(ground: Ground, sheets: list[ProjectSheet], names: dict[str, str]) -> list[Any]:
    say, language = ground.say, ground.language
    head = [say("dimension.project"), *(say(f"profit.project.{name}") for name in _LISTED)]
    body = [
        [
            to(names[sheet.project_id], {"open": _open(sheet.project_id)}, "quiet"),
            *(exact(getattr(sheet, name), language, 0) for name in _AMOUNTS),
            exact(sheet.margin_now_amount, language, 0),
            percent(sheet.margin_now_rate, 1),
            exact(sheet.expected_amount, language, 0),
            percent(sheet.expected_rate, 1),
            exact(sheet.repricing_amount, language, 0) if sheet.repricing_amount else DASH,
        ]
        for sheet in sheets
    ]
    return [numbers_table(head, body, [], texts=1)]


def _sheet(ground: Ground, sheet: ProjectSheet, names: dict[str, str]) -> html.Section:
    """One project by cost type, what is counted at the level and what is not."""
    say, language = ground.say, ground.language
    head = [say("profit.cost.type"), *(say(f"profit.project.{name}") for name in _BY_TYPE)]
    body = [_cost(ground, cost) for cost in sheet.costs]
    repriced = None if sheet.repricing_amount is None else 0 - sheet.repricing_amount
    sums = (sheet.estimated_amount, sheet.actual_amount, sheet.to_come_amount,
            sheet.priced_before_amount, repriced)  # fmt: skip
    foot = [say("profit.project.counted"), *(exact(amount, language) for amount in sums)]
    where = {"where": where_text((("project", (sheet.project_id,)),)), "expanded": "", "open": ""}
    drill = to(say("profit.project.drill"), where, "quiet")
    return html.Section(
        [html.Header([html.H3(names[sheet.project_id]), drill]),
         html.P(_said(ground, sheet), className="sum"),
         numbers_table(head, body, foot, texts=1)],
        className="rows",
    )  # fmt: skip


def _said(ground: Ground, sheet: ProjectSheet) -> str:
    """The margin now, the one expected, and what the last change of prices does to it."""

    def shown(amount: float | None) -> str:
        return money(amount, settings().currency, ground.language)

    text = ground.say("profit.project.now", margin=shown(sheet.margin_now_amount),
                      rate=percent(sheet.margin_now_rate, 1))  # fmt: skip
    if sheet.unpriced_count:
        return text + ground.say("profit.project.unpriced", count=sheet.unpriced_count)
    if sheet.to_come_amount:
        text += ground.say("profit.project.expected", margin=shown(sheet.expected_amount),
                           rate=percent(sheet.expected_rate, 1))  # fmt: skip
    if sheet.repricing_amount:
        text += ground.say("profit.project.repriced", amount=shown(sheet.repricing_amount))
    return text


def _cost(ground: Ground, cost: ProjectCost) -> list[Any]:
    name = ground.say(f"cost.{cost.cost_type}")
    if not cost.is_counted:
        name = ground.say("profit.project.uncounted", name=name)
    amounts = (cost.estimated_amount, cost.actual_amount, cost.to_come_amount,
               cost.priced_before_amount, cost.repricing_amount)  # fmt: skip
    return [name, *(exact(amount, ground.language) if amount else DASH for amount in amounts)]


def _open(project: str) -> str:
    return Opened("projects", project=project).text()
