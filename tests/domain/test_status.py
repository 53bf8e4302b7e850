"""Status and metrics: grey before green, strict limits on the bad side."""

import pytest

from domain.metrics import METRIC
from domain.status import Limits, judge, ratio
from errors import BadInput


@pytest.mark.parametrize(
    ("value", "status"),
    [(0.96, "green"), (0.95, "green"), (0.94, "yellow"), (0.85, "yellow"), (0.84, "red")],
)
def test_below_is_strict(value: float, status: str) -> None:
    assert judge(value, Limits(0.95, 0.85)) == status


@pytest.mark.parametrize(("value", "status"), [(12, "green"), (12.1, "yellow"), (18.1, "red")])
def test_where_high_is_bad_above_is_strict(value: float, status: str) -> None:
    assert judge(value, Limits(12, 18, is_low_bad=False)) == status


@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_no_finite_number_is_grey(value: float | None) -> None:
    assert judge(value, Limits(0.95, 0.85)) == "grey"


def test_too_small_a_sample_is_grey_however_good_it_looks() -> None:
    assert METRIC["sales_since_open"].status(1.2, 29, Limits(0.95, 0.85)) == "grey"


def test_a_gap_needs_its_reference() -> None:
    margin = METRIC["gross_margin_mtd"]
    assert margin.judged(31.0, 100.0, 0.33) == pytest.approx(-0.02)
    assert margin.judged(31.0, 100.0, None) is None


def test_nothing_to_divide_by_gives_no_number() -> None:
    assert ratio(1.0, 0.0) is None
    assert ratio(None, 2.0) is None


@pytest.mark.parametrize(("yellow", "red"), [(0.8, 0.9), (float("nan"), 0.1)])
def test_limits_that_make_no_sense_are_refused(yellow: float, red: float) -> None:
    with pytest.raises(BadInput):
        Limits(yellow, red)
