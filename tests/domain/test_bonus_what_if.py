"""The bonus under a what-if: rate against mix, from the exact rate bridge."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.bonus import BonusChange, BonusRules
from domain.bonus_what_if import bonus_under
from domain.change import Change
from domain.curve import Curve
from domain.what_if import what_if
from tests.domain.unit_frames import PROFILE, measures

CURVE = Curve(((0.5, 0.0), (1.5, 1.0)), 1.0)
RULES = BonusRules("margin", 0.1, CURVE, "revenue", CURVE)
ACCOUNT = {"target_rate": 0.4, "margin_target_amount": 350.0, "revenue_target_amount": 1000.0}
LINES = (
    measures("x", 600.0, material_amount=300.0),  # 50 %
    measures("y", 400.0, material_amount=360.0),  # 10 %; 340 of 1000 together
)


def tried(change: Change, *rows: dict[str, Any]) -> BonusChange:
    outcome = what_if(pd.DataFrame(rows or LINES), PROFILE, change)
    return bonus_under(outcome, ACCOUNT, PROFILE, RULES)


def test_a_change_of_mix_is_told_as_mix() -> None:
    found = tried(Change(mix={"x": 0.8, "y": 0.2}, mix_by="profit_unit"))
    # rate .34 to .42, so attained .85 to 1.05 and the score .35 to .55
    assert found.before.rate.score == pytest.approx(0.35)
    assert found.after.rate.score == pytest.approx(0.55)
    assert found.parts is not None
    assert found.parts["mix"] == pytest.approx(34 * 0.6 * 0.2)  # pool 10 % of 340
    assert found.parts["rate"] == pytest.approx(0, abs=1e-9)
    assert found.parts["other"] == pytest.approx(0)  # revenue stays at its target, score .5
    assert found.parts["pool"] == pytest.approx(8 * (0.6 * 0.55 + 0.4 * 0.5))  # 340 to 420


def test_a_dearer_material_is_told_as_rate() -> None:
    found = tried(Change(cost_pct={"material": 0.1}))  # 66 more: rate .34 to .274
    assert found.parts is not None
    # attained falls by .066 / .4 = .165, and so does the score
    assert found.parts["rate"] == pytest.approx(-34 * 0.6 * 0.165)
    assert found.parts["mix"] == pytest.approx(0, abs=1e-9)
    assert found.parts["pool"] == pytest.approx(-6.6 * (0.6 * 0.185 + 0.4 * 0.5))


def test_nothing_changed_changes_nothing() -> None:
    found = tried(Change())
    assert found.amount == 0
    assert found.parts == dict.fromkeys(("rate", "mix", "new", "lost", "other", "pool"), 0)


def test_without_revenue_there_is_no_rate_and_no_bonus() -> None:
    found = tried(Change(), measures("x", 0.0))
    assert (found.amount, found.parts, found.before.rate.missing) == (None, None, "no_actual")


money = st.integers(0, 10**9).map(lambda cents: cents / 100)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(money, money), min_size=1, max_size=4),
    st.floats(-0.5, 0.5),
    st.floats(-0.9, 2),
    st.floats(-3, 0),
)
def test_the_parts_add_up_to_the_change(
    given: list[tuple[float, float]], price: float, material: float, elasticity: float
) -> None:
    rows = [measures("x", revenue, material_amount=cost) for revenue, cost in given]
    change = Change(price, cost_pct={"material": material}, price_elasticity=elasticity)
    found = tried(change, *rows)
    if found.parts is None or found.amount is None:
        return
    most = max(1.0, *(abs(part) for part in found.parts.values()))
    assert sum(found.parts.values()) == pytest.approx(found.amount, abs=1e-6 * most)
