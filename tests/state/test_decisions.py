"""Deciding, recalling, undoing: what holds, since when, and who may see it."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from domain.scope import Scope
from errors import BadInput
from state import Decision, decide, history, recall, sequence, undo, verify_chain
from tests.state.conftest import NOON

ADMIN = Scope("v1", NOON)
pytestmark = pytest.mark.usefixtures("any_store")


def put(
    content: dict[str, Any] | None,
    unit_id: str | None = None,
    *,
    key: str = "response_h",
    hour: int = 12,
    by: str = "Ann",
    **more: Any,
) -> Decision:
    now = NOON.replace(hour=hour)
    return decide("threshold", key, unit_id, content, by=by, reason="why", now=now, **more)


def holding(**asked: Any) -> list[tuple[str | None, Any]]:
    return [(each.unit_id, each.content) for each in recall("threshold", ADMIN, **asked)]


def test_an_empty_store_holds_nothing() -> None:
    assert recall("threshold", ADMIN) == ()
    assert history("threshold", "response_h", None) == ()
    assert sequence() == 0
    assert verify_chain() == []


def test_a_decision_says_who_decided_what_when_and_why() -> None:
    given = decide(
        "threshold", "x", "north", {"yellow": 0.9}, by="Ann", reason="too many", now=NOON
    )
    expected = Decision(
        1, "threshold", "x", "north", {"yellow": 0.9}, NOON, "Ann", "too many", None
    )
    assert given == expected
    assert recall("threshold", ADMIN) == (expected,)


def test_the_latest_of_each_key_and_unit_holds() -> None:
    put({"a": 1})
    put({"a": 2}, "north")
    assert put({"a": 3}).replaces == 1
    assert holding() == [("north", {"a": 2}), (None, {"a": 3})]


def test_what_was_taken_back_no_longer_holds() -> None:
    put({"a": 1})
    put(None)
    assert holding() == []


def test_kinds_and_keys_do_not_mix() -> None:
    put({"a": 1}, key="x")
    put({"a": 2}, key="y")
    decide("rule", "x", None, {"a": 3}, by="Ann", reason="why", now=NOON)
    assert holding(key="y") == [(None, {"a": 2})]
    assert [each.content for each in recall("rule", ADMIN)] == [{"a": 3}]


def test_the_past_is_recalled_as_it_stood() -> None:
    put({"a": 1}, hour=9)
    put({"a": 2}, hour=11)
    put(None, hour=13)
    at = NOON.replace
    assert holding(as_of=at(hour=8)) == []
    assert holding(as_of=at(hour=9)) == [(None, {"a": 1})]
    assert holding(as_of=at(hour=12)) == [(None, {"a": 2})]
    assert holding(as_of=at(hour=13)) == []


def test_a_clock_that_was_set_back_does_not_hide_a_newer_decision() -> None:
    put({"a": 1}, hour=18)
    put({"a": 2}, hour=9)  # a replay was started again
    assert holding() == [(None, {"a": 2})]
    assert holding(as_of=NOON) == [(None, {"a": 2})]


def test_instants_of_any_zone_are_kept_in_utc() -> None:
    shanghai = datetime(2026, 3, 2, 20, tzinfo=timezone(timedelta(hours=8)))
    decide("threshold", "x", None, {}, by="Ann", reason="why", now=shanghai)
    (found,) = recall("threshold", ADMIN, shanghai)
    assert (found.decided_at, found.decided_at.tzinfo) == (NOON, UTC)


def test_an_instant_without_a_zone_is_a_defect() -> None:
    with pytest.raises(ValueError, match="no zone"):
        decide("threshold", "x", None, {}, by="Ann", reason="why", now=datetime(2026, 3, 2))  # noqa: DTZ001


def test_a_reader_of_one_unit_sees_the_company_the_unit_and_the_units_named() -> None:
    for unit in (None, "region", "store", "other"):
        put({"a": 1}, unit)
    reader = Scope("v1", NOON, unit_id="store", role="viewer")
    seen = [each.unit_id for each in recall("threshold", reader, units=["region"])]
    assert seen == [None, "region", "store"]
    assert [each.unit_id for each in recall("threshold", reader)] == [None, "store"]


def test_history_has_the_newest_first_and_what_was_taken_back() -> None:
    put({"a": 1})
    put({"a": 9}, "north")
    put(None)
    told = history("threshold", "response_h", None)
    assert [(each.content, each.replaces) for each in told] == [(None, 1), ({"a": 1}, None)]


def test_the_sequence_counts_every_decision() -> None:
    put({"a": 1})
    put(None)
    assert sequence() == 2


def test_who_did_not_see_the_newest_decision_is_told_who_made_it_and_when() -> None:
    seen = put({"a": 1}, by="Ann").seq
    put({"a": 2}, by="Bo", hour=13, expected=seen)
    with pytest.raises(BadInput, match="Bo changed this on 2026-03-02 at 13:00 UTC: why"):
        put({"a": 3}, by="Cy", expected=seen)
    with pytest.raises(BadInput, match="Bo changed this"):
        put({"a": 3}, by="Cy", expected=None)
    assert holding() == [(None, {"a": 2})]


def test_who_saw_nothing_may_decide_where_all_was_taken_back() -> None:
    put({"a": 1}, expected=None)
    put(None)
    put({"a": 2}, expected=None)
    assert holding() == [(None, {"a": 2})]


def test_who_saw_a_decision_that_was_taken_back_is_told() -> None:
    seen = put({"a": 1}).seq
    put(None, by="Bo")
    with pytest.raises(BadInput, match="Bo changed this"):
        put({"a": 3}, expected=seen)


def test_a_decision_that_never_was_cannot_have_been_seen() -> None:
    with pytest.raises(BadInput, match="no decision 7"):
        put({"a": 1}, expected=7)


def test_undo_brings_back_what_held_before_and_undoing_that_redoes() -> None:
    put({"a": 1})
    second = put({"a": 2})
    undone = undo(second.seq, by="Bo", now=NOON)
    assert (undone.content, undone.decided_by, undone.replaces) == ({"a": 1}, "Bo", second.seq)
    assert undone.reason == "Undo of decision 2"
    undo(undone.seq, by="Bo", now=NOON)
    assert holding() == [(None, {"a": 2})]


def test_undoing_the_first_decision_goes_back_to_none() -> None:
    assert undo(put({"a": 1}).seq, by="Ann", now=NOON).content is None
    assert holding() == []


def test_what_was_replaced_cannot_be_undone() -> None:
    first = put({"a": 1})
    put({"a": 2}, by="Bo")
    with pytest.raises(BadInput, match="Bo changed this"):
        undo(first.seq, by="Ann", now=NOON)
    with pytest.raises(BadInput, match="no decision 9"):
        undo(9, by="Ann", now=NOON)
    assert sequence() == 2


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("reason", ""),
        ("reason", "  \n"),
        ("reason", "r" * 501),
        ("reason", "a\0b"),
        ("reason", "\ud800"),
        ("by", ""),
        ("key", "k" * 201),
        ("unit_id", ""),
    ],
)
def test_texts_that_are_missing_or_cannot_be_kept_are_refused(field: str, text: str) -> None:
    given: dict[str, Any] = {"key": "x", "unit_id": None, "by": "Ann", "reason": "why"}
    given |= {field: text}
    with pytest.raises(BadInput):
        decide("threshold", content={}, now=NOON, **given)
    assert sequence() == 0


HOSTILE = "\u202e\U0001f600 原因 'a' \"b\" %s :x =1+1 <script>"


@pytest.mark.parametrize("reason", ["r" * 500, "=1+1", HOSTILE])
def test_a_reason_comes_back_as_it_was_written(reason: str) -> None:
    decide("threshold", "x", None, {"text": reason}, by=reason[:200], reason=reason, now=NOON)
    (found,) = recall("threshold", ADMIN)
    assert (found.reason, found.content) == (reason, {"text": reason})
    assert verify_chain() == []


def nested(depth: int) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for _ in range(depth - 1):
        content = {"a": content}
    return content


@pytest.mark.parametrize(
    "content",
    [
        {"a": float("nan")},
        {"a": [float("inf")]},
        {"a": "\ud800"},
        {"a": {1, 2}},
        {"a": 10**5000},
        {"a": "x" * 65_528},
        nested(21),
    ],
)
def test_content_that_cannot_be_stored_is_refused(content: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        put(content)
    assert sequence() == 0


@pytest.mark.parametrize(
    "content", [{}, {"a": "x" * 65_527}, {"a": [0.1, -0.0, 1e-300, None, True, "é"]}, nested(20)]
)
def test_content_comes_back_as_it_was_given(content: dict[str, Any]) -> None:
    put(content)
    assert holding() == [(None, content)]
