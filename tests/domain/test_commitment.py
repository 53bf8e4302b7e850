"""Commitments: what is promised comes back as it was given; anything else is refused."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.change import Change
from domain.commitment import KIND, Commitment, Effect, from_content, held, to_content
from domain.decision import Decision
from errors import BadInput

PROMISE = Commitment(
    name="Two per cent on spare parts",
    owner="R001",
    due=date(2026, 4, 30),
    change=Change(price_pct=0.02, cost_pct={"freight": -0.05}),
    where=(("product_line", ("Spare parts",)), ("channel", ("dealer", ""))),
    first_day=date(2026, 1, 1),
    last_day=date(2026, 3, 31),
    level="gross_margin",
    profile_id="default",
    effect=Effect(1000.0, 1020.0, 300.0, 321.5),
    data_version="20260331T180000-1",
)


def decision(seq: int, content: Any, kind: str = KIND) -> Decision:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return Decision(seq, kind, f"key {seq}", None, content, now, "Ann", "why", None)


def test_a_commitment_comes_back_from_the_text_of_its_content() -> None:
    assert from_content(json.loads(json.dumps(to_content(PROMISE), allow_nan=False))) == PROMISE


def test_the_expected_effect_is_money() -> None:
    assert PROMISE.effect.margin_amount == 21.5


def test_the_next_one_due_comes_first_and_what_was_taken_back_is_left_out() -> None:
    later = decision(1, to_content(replace(PROMISE, due=date(2026, 5, 31))))
    sooner = decision(2, to_content(PROMISE))
    found = held([later, sooner, decision(3, None), decision(4, {"yellow": 1}, "threshold")])
    assert [each.seq for each, _ in found] == [2, 1]
    assert found[0][1] == PROMISE


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"name": " "}, "no name"),
        ({"owner": ""}, "no owner"),
        ({"name": "x" * 201}, "name is too long"),
        ({"change": Change()}, "changes nothing"),
        ({"last_day": date(2025, 12, 31)}, "ends before it starts"),
    ],
)
def test_a_promise_without_name_owner_change_or_period_is_refused(
    given: dict[str, Any], what: str
) -> None:
    with pytest.raises(BadInput, match=what):
        replace(PROMISE, **given)


@pytest.mark.parametrize(
    "more",
    [
        {"due": "soon"}, {"due": 20260430}, {"owner": None}, {"change": {}}, {"where": "all"},
        {"where": [["channel"]]}, {"where": [["channel", "dealer"]]}, {"where": [["channel", [1]]]},
        {"margin_after_amount": "1"}, {"margin_before_amount": float("nan")},
    ],
)  # fmt: skip
def test_content_that_is_no_commitment_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match="incomplete"):
        from_content(to_content(PROMISE) | more)


@pytest.mark.parametrize("key", to_content(PROMISE))
def test_content_that_lacks_something_is_refused(key: str) -> None:
    content = to_content(PROMISE)
    del content[key]
    with pytest.raises(BadInput, match="incomplete"):
        from_content(content)
