"""Margin rule profiles: what each level takes off, and what a profile must not say."""

import pandas as pd
import pytest

from data.contract import EXTRACTS
from domain.profile import COST_TYPES, MarginLevel, MarginProfile, cost_columns, margin
from errors import BadInput

_PROFILE = MarginProfile(
    "test",
    (MarginLevel("gross_margin", ("material",)), MarginLevel("cm2", ("material", "freight"))),
    "gross_margin",
    floor_rate=0.18,
    product_line_floors={"Pumps": 0.2},
)
_FRAME = pd.DataFrame(
    {
        "net_revenue_amount": [100.0, -50.0],
        "material_amount": [60.0, -20.0],
        "freight_amount": [5.0, 1.0],
    }
)


def test_cost_types_are_those_of_the_contract() -> None:
    columns = EXTRACTS["cost_items"].columns
    assert next(one for one in columns if one.name == "cost_type").values == COST_TYPES


def test_a_margin_is_net_revenue_less_the_costs_of_its_level() -> None:
    assert margin(_FRAME, _PROFILE).tolist() == [40, -30]
    assert margin(_FRAME, _PROFILE, "cm2").tolist() == [35, -31]


def test_a_suffix_chooses_the_period() -> None:
    assert margin(_FRAME.add_suffix("_1"), _PROFILE, "cm2", "_1").tolist() == [35, -31]
    assert cost_columns(_PROFILE, "cm2", "_0") == ("material_amount_0", "freight_amount_0")


def test_a_product_line_may_have_a_floor_of_its_own() -> None:
    assert (_PROFILE.floor("Pumps"), _PROFILE.floor("Cranes"), _PROFILE.floor()) == (
        0.2,
        0.18,
        0.18,
    )


def test_a_level_that_the_profile_has_not_is_refused() -> None:
    with pytest.raises(BadInput, match="no margin level cm3"):
        margin(_FRAME, _PROFILE, "cm3")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"levels": (MarginLevel("net", ("material",)),)}, "levels names 'net'"),
        ({"levels": (MarginLevel("cm1", ("steel",)),)}, "levels.cm1 names 'steel'"),
        ({"levels": (MarginLevel("cm1", ("labor", "labor")),)}, "levels.cm1 .* twice"),
        ({"headline": "cm3"}, "headline names 'cm3'"),
        ({"drivers": {"freight": "kilometres"}}, "drivers.freight names 'kilometres'"),
        ({"drivers": {"petrol": "qty"}}, "drivers names 'petrol'"),
        ({"floor_rate": 18.0}, "floors.rate is no rate"),
        ({"product_line_floors": {"Pumps": 20.0}}, "Pumps is no rate"),
        (
            {"levels": (MarginLevel("cm1", ("labor",)), MarginLevel("cm2", ("freight",)))},
            "levels.cm2 leaves out labor",
        ),
    ],
)
def test_a_profile_that_makes_no_sense_names_its_key(change: dict, told: str) -> None:
    given = {"id": "test", "levels": _PROFILE.levels, "headline": "gross_margin", **change}
    if "levels" in change and "headline" not in change:
        given["headline"] = change["levels"][0].id
    with pytest.raises(BadInput, match=told):
        MarginProfile(**given)
