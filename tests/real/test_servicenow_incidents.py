"""servicenow_incidents against its known answers: one ticket from all events of an incident."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.real

AS_OF = "timestamptz '2016-05-02 12:00+00'"
OPEN = f"opened_at <= {AS_OF} and x_closed_at > {AS_OF}"


@pytest.fixture(scope="module")
def con(imported: Callable) -> object:
    report, con = imported("servicenow_incidents")
    assert report.is_clean
    assert report.extracts["tickets"].rows_on == 24_918
    assert not any(counts.unmatched for counts in report.extracts.values())
    return con


def _count(con, condition: str) -> int:
    return con.execute(f"select count(*) from tickets where {condition}").fetchone()[0]


def test_every_event_belongs_to_a_ticket(con) -> None:
    assert con.execute("select sum(x_events_count) from tickets").fetchone() == (141_712,)


@pytest.mark.parametrize(
    ("condition", "known"),
    [
        ("sla_met", 15_803),
        ("reopened_count > 0", 275),
        ("resolved_at is null", 1556),
        ("first_response_at - opened_at > interval 18 hour", 5885),
    ],
)
def test_tickets_are_the_known_ones(con, condition: str, known: int) -> None:
    assert _count(con, condition) == known


def test_the_median_first_response_comes_after_21_minutes(con) -> None:
    row = con.execute("select median(epoch(first_response_at - opened_at)) / 3600 from tickets")
    assert row.fetchone()[0] == pytest.approx(0.35, abs=0.0001)


def test_two_responses_before_opening_are_kept_as_immediate_and_said_to_be_mended(
    con, imported: Callable
) -> None:
    report, _ = imported("servicenow_incidents")
    rule = "first response before opening taken as at opening"
    assert report.extracts["tickets"].mended == {rule: 2}
    assert _count(con, "first_response_at < opened_at") == 0
    rows = con.execute(
        "select ticket_id, (opened_at - x_first_response_given_at)::varchar from tickets "
        "where x_first_response_given_at < opened_at and first_response_at = opened_at order by 1"
    ).fetchall()
    assert rows == [("0000131", "02:27:00"), ("0000135", "00:18:00")]


@pytest.mark.parametrize(
    ("condition", "known"),
    [
        (OPEN, 2797),
        (f"{OPEN} and first_response_at > {AS_OF}", 339),
        (f"{OPEN} and first_response_at > {AS_OF} and opened_at < {AS_OF} - interval 18 hour", 262),
    ],
    ids=["open", "still new", "still new after 18 h"],
)
def test_the_state_of_2_may_2016_at_noon_follows_from_the_tickets(con, condition, known) -> None:
    """Open is what was not yet closed; a resolved incident is closed some days later."""
    assert _count(con, condition) == known


def test_priority_is_the_severity(con) -> None:
    rows = con.execute("select severity, count(*) from tickets group by 1 order by 1").fetchall()
    assert [severity for severity, _ in rows] == [1, 2, 3, 4]
    assert sum(number for _, number in rows) == 24_918
