"""The clock is one function; everything that asks for the time is handed it."""

from datetime import UTC, datetime

import pytest

from clock import make_clock
from errors import BadInput


def test_a_replay_runs_at_its_speed_from_its_instant() -> None:
    clock = make_clock("replay:2017-12-20T08:00-05:00@60", 1000.0, wall=lambda: 1090.0)
    assert clock() == datetime(2017, 12, 20, 14, 30, tzinfo=UTC)  # 13:00 UTC + 90 s x 60


def test_an_instant_stands_still() -> None:
    clock = make_clock("2020-12-15T09:00", 0.0)
    assert clock() == clock() == datetime(2020, 12, 15, 9, tzinfo=UTC)


def test_without_a_setting_the_real_time_counts() -> None:
    assert make_clock("", 0.0, wall=lambda: 86400.0)() == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("spec", ["yesterday", "replay:2017-12-20@fast", "replay:2017-12-20@0"])
def test_what_is_no_clock_is_refused_in_words(spec: str) -> None:
    with pytest.raises(BadInput, match="WARROOM_NOW"):
        make_clock(spec, 0.0)
