"""Items as margin_items gives them: written by hand, or drawn at random."""

from typing import Any

import pandas as pd
from hypothesis import strategies as st

from domain.profile import COST_COLUMN, MarginLevel, MarginProfile

PROFILE = MarginProfile(
    "test",
    (
        MarginLevel("cm1", ("material",)),
        MarginLevel("cm2", ("material", "freight")),
        MarginLevel("cm3", tuple(COST_COLUMN)),
    ),
    "cm1",
)
MEASURES = (
    "line_count", "qty", "list_amount", "discount_amount", "rebate_amount", "net_revenue_amount",
    "local_amount", *COST_COLUMN.values(),
)  # fmt: skip
KEYS = ("customer_id", "product_id", "uom", "currency")
NOTHING = dict.fromkeys(MEASURES, 0.0)


def period(
    qty: float | None, revenue: float, material: float = 0.0, **more: float | None
) -> dict[str, Any]:
    """One period of an item: one line, its net revenue in the reporting currency."""
    return {
        **NOTHING,
        "line_count": 1,
        "qty": qty,
        "net_revenue_amount": revenue,
        "local_amount": revenue,
        "material_amount": material,
        **more,
    }


def item(base: dict[str, Any], now: dict[str, Any], **keys: str) -> dict[str, Any]:
    """One item of both periods; NOTHING where it has no line."""
    named = {"customer_id": "c", "product_id": "p", "uom": "piece", "currency": "CNY", **keys}
    return {
        **named,
        **{f"{name}_0": value for name, value in base.items()},
        **{f"{name}_1": value for name, value in now.items()},
    }


def items(*rows: dict[str, Any]) -> pd.DataFrame:
    columns = [*KEYS, *(f"{name}_{number}" for number in (0, 1) for name in MEASURES)]
    frame = pd.DataFrame(list(rows), columns=columns)
    return frame.astype(dict.fromkeys(columns[len(KEYS) :], "float64"))


_AMOUNT = st.one_of(
    st.just(0.0), st.integers(-1000, 10**9).map(lambda cents: cents / 100), st.floats(-1e6, 1e6)
)
_QTY = st.one_of(st.none(), st.just(0.0), st.integers(-20, 1000), st.floats(-10, 1000))


@st.composite
def _periods(draw: st.DrawFn, has_qty: bool, has_list: bool) -> dict[str, Any]:
    if draw(st.integers(0, 4)) == 0:
        return NOTHING
    revenue = draw(_AMOUNT)
    rate = draw(st.sampled_from([None, 1.0, 7.2, 0.13, -1.0]))
    off = draw(st.sampled_from([0.0, 0.1, 0.5, 1.2]))
    return period(
        draw(_QTY) if has_qty else None,
        revenue,
        draw(_AMOUNT),
        freight_amount=draw(_AMOUNT),
        list_amount=draw(_AMOUNT) if has_list else 0.0,
        discount_amount=revenue * off,
        rebate_amount=draw(_AMOUNT) if has_list else 0.0,
        local_amount=None if rate is None else revenue / rate,
    )


@st.composite
def random_items(draw: st.DrawFn) -> pd.DataFrame:
    """Mixed units and currencies, credits, zero and negative revenue, no quantity, one-offs."""
    periods = _periods(draw(st.booleans()), draw(st.booleans()))
    drawn = st.builds(
        item,
        periods,
        periods,
        customer_id=st.sampled_from(["a", "b", "c"]),
        product_id=st.sampled_from(["p", "q", ""]),
        uom=st.sampled_from(["piece", "kg", "m"]),
        currency=st.sampled_from(["CNY", "EUR"]),
    )
    return items(*draw(st.lists(drawn, max_size=12)))
