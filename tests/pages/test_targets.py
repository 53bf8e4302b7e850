"""What a click opens is checked before anything is read for it."""

from datetime import UTC, datetime

import pytest

from app import create_app
from domain.scope import Scope
from errors import BadInput
from settings import Settings

create_app(Settings())  # a page's panels exist only once its app does
from pages.panels.hours import metric_of  # noqa: E402
from pages.panels.target import target_of  # noqa: E402

READER = Scope("v1", datetime(2026, 3, 2, 8, 47, tzinfo=UTC))
NOON = datetime(2026, 3, 2, 12)  # noqa: DTZ001 - local


def test_an_hour_that_is_over_opens_what_was_sold_and_one_ahead_what_is_expected() -> None:
    assert metric_of("2026-03-02 11:00", NOON) == "sales_since_open"
    assert metric_of("2026-03-02 13:00", NOON) == "next_72h"


@pytest.mark.parametrize("hour", ["noon", "", "2026-13-01"])
def test_what_is_no_hour_is_refused(hour: str) -> None:
    with pytest.raises(BadInput):
        metric_of(hour, NOON)


def test_a_target_is_pinned_to_the_readers_version_and_moment() -> None:
    target = target_of({"metric": "response_h"}, READER)
    assert (target.version, target.at) == ("v1", READER.as_of)


def test_a_target_never_looks_past_the_readers_moment() -> None:
    later = {"metric": "response_h", "as_of": "2030-01-01T00:00:00+00:00"}
    assert target_of(later, READER).scope(READER).as_of == READER.as_of


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"metric": "salaries"},
        {"metric": ["response_h"]},
        {"metric": "response_h", "offset": -1},
        {"metric": "response_h", "offset": "many"},
        {"metric": "response_h", "as_of": "2026-03-02T08:00:00"},
        {"metric": "response_h", "hour": "noon"},
        {"metric": "response_h", "unit": "u" * 200},
    ],
)
def test_nonsense_opens_nothing(data: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        target_of(data, READER)
