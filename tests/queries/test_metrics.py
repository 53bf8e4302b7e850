"""The metrics that do not come from shops, each against numbers worked out by hand."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from stubs import AT_9_30, NOW, TODAY, UNITS, Rows, hour

from domain.scope import Scope
from queries import read

Given = Callable[..., Scope]


def last_day(metric: str, scope: Scope) -> pd.DataFrame:
    rows = read(metric, scope, first_day=TODAY, **NOW).set_index("org_unit_id")
    return rows[["numerator", "denominator", "reference_value", "case_count", "at_stake_amount"]]


def line(number: str, day: date, revenue: float, unit: str = "n") -> dict[str, object]:
    return {"order_line_id": number, "invoice_date": day, "net_revenue": revenue,
            "org_unit_id": unit}  # fmt: skip


def cost(number: str, amount: float, kind: str = "material") -> dict[str, object]:
    return {"cost_item_id": f"{number}-{kind}", "order_line_id": number, "posted_at": TODAY,
            "cost_type": kind, "amount": amount}  # fmt: skip


def target(unit: str, metric: str, value: float, first: date, last: date) -> dict[str, object]:
    return {"period_start": first, "period_end": last, "owner_type": "org_unit", "owner_id": unit,
            "metric": metric, "target_value": value}  # fmt: skip


LINES: Rows = [
    line("1", date(2026, 3, 1), 100),
    line("2", date(2026, 3, 2), 50),
    line("3", date(2026, 2, 1), 200),
]
COSTS: Rows = [cost("1", 60), cost("1", 9, "freight"), cost("2", 20), cost("2", 5, "labor"),
               cost("3", 80)]  # fmt: skip
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_margin_of_the_month_against_the_ninety_days_before(given: Given) -> None:
    scope = given(org_units=UNITS, order_lines=LINES, cost_items=COSTS)
    row = last_day("gross_margin_mtd", scope).loc["n"]
    # 150 less 60 + 20 + 5, freight is no product cost; before: (200 - 80) / 200
    # short of that rate: 0.6 x 150 - 65
    assert row.tolist() == pytest.approx([65, 150, 0.6, 2, 25])


def test_margin_is_judged_by_the_target_of_the_nearest_unit(given: Given) -> None:
    rates = [
        target("c", "gross_margin_rate", 0.3, *MARCH),
        target("n", "gross_margin_rate", 0.5, *YEAR),
        target("n", "gross_margin_rate", 0.45, *MARCH),
    ]
    south = line("4", TODAY, 10, unit="s")
    scope = given(org_units=UNITS, order_lines=[*LINES, south], cost_items=COSTS, targets=rates)
    reference = last_day("gross_margin_mtd", scope)["reference_value"]
    assert reference.to_dict() == {"c": 0.3, "n": 0.45, "s": 0.3}  # a month's before a year's


def test_a_margin_starts_again_with_each_month(given: Given) -> None:
    scope = given(order_lines=LINES, cost_items=COSTS)
    rows = read("gross_margin_mtd", scope, first_day=date(2026, 2, 28), **NOW)
    assert rows["denominator"].tolist() == [200, 100, 150]


def deal(number: str, amount: float, **rest: object) -> dict[str, object]:
    return {"opp_id": number, "stage_id": "x", "org_unit_id": "n", "amount": amount,
            "created_at": AT_9_30 - timedelta(days=9),
            "expected_close_date": date(2026, 3, 20)} | rest  # fmt: skip


DEALS: Rows = [
    deal("open", 300),
    deal("lead", 1000, is_lead=True),
    deal("next quarter", 1000, expected_close_date=date(2026, 4, 1)),
    deal("won", 40, closed_at=AT_9_30 - timedelta(days=2), is_won=True),
    deal("lost", 70, closed_at=AT_9_30 - timedelta(days=2), is_won=False),
    deal("won last quarter", 70, closed_at=AT_9_30 - timedelta(days=70), is_won=True),
]
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


def test_coverage_is_what_is_open_over_what_is_missing(given: Given) -> None:
    wanted = [target("n", "revenue", 200, *QUARTER)]
    scope = given(org_units=UNITS, opportunities=DEALS, targets=wanted)
    found = last_day("pipeline_coverage", scope)
    # 300 open for 200 - 40; if a third of it is won, 160 - 100 stay uncovered
    assert found.loc["n"].drop("reference_value").tolist() == [300, 160, 1, 60]
    assert found.loc["c"].drop("reference_value").tolist() == [300, 160, 1, 60]  # its children's


def test_coverage_three_days_ago_had_the_deals_that_were_open_then(given: Given) -> None:
    wanted = [target("n", "revenue", 200, *QUARTER)]
    scope = given(org_units=UNITS, opportunities=DEALS, targets=wanted)
    rows = read("pipeline_coverage", scope, first_day=TODAY - timedelta(days=3), **NOW)
    first = rows[rows["org_unit_id"] == "n"].iloc[0]
    assert (first["numerator"], first["denominator"]) == (300 + 40 + 70, 200)


@pytest.mark.parametrize(
    ("periods", "wanted"),
    [
        ([(100, *MARCH), (50, date(2026, 2, 1), date(2026, 2, 28))], 150),  # months add up
        ([(100, *MARCH), (400, *QUARTER)], 400),  # the quarter's own counts
        ([(730, *YEAR)], 730 * 90 / 365),  # a year's share by days
    ],
)
def test_the_quarters_target_comes_from_the_periods_there_are(
    given: Given, periods: list, wanted: float
) -> None:
    targets = [target("n", "revenue", *period) for period in periods]
    scope = given(org_units=UNITS, opportunities=DEALS[:1], targets=targets)
    assert last_day("pipeline_coverage", scope).loc["n", "denominator"] == pytest.approx(wanted)


def test_a_target_that_is_met_leaves_nothing_to_cover(given: Given) -> None:
    wanted = [target("n", "revenue", 30, *QUARTER)]
    scope = given(org_units=UNITS, opportunities=DEALS, targets=wanted)
    row = last_day("pipeline_coverage", scope).loc["n"]
    assert row.drop("reference_value").tolist() == [300, 0, 1, 0]
    rows = read("pipeline_coverage_rows", scope.narrowed("n"), **NOW)
    assert sorted(rows["row_kind"]) == ["above_target", "open", "target", "won"]
    assert rows["denominator"].sum() == 0


def contract(number: str, end: date, value: float, **rest: object) -> dict[str, object]:
    usual = {"customer_id": "k", "contract_kind": "service", "start_date": date(2025, 1, 1)}
    return {**usual, "contract_id": number, "end_date": end, "annual_value": value, **rest}


def test_renewals_of_the_quarter_up_to_the_day(given: Given) -> None:
    contracts = [
        contract("kept", date(2026, 1, 31), 100, renewed_by_contract_id="elsewhere"),
        contract("left", date(2026, 3, 2), 40),
        contract("not due", date(2026, 3, 3), 1000),
        contract("last quarter", date(2025, 12, 31), 1000),
        contract("sale", date(2026, 2, 1), 1000, contract_kind="sale"),
    ]
    customers = [{"customer_id": "k", "name": "K", "org_unit_id": "n"}]
    scope = given(org_units=UNITS, customers=customers, contracts=contracts)
    found = last_day("renewals_in_quarter", scope).drop(columns="reference_value")
    assert found.loc["n"].tolist() == [100, 140, 2, 40]
    assert "s" not in found.index  # nothing of it to renew


def test_a_renewal_that_is_not_known_yet_does_not_count(given: Given) -> None:
    later = AT_9_30 + timedelta(days=1)
    contracts = [
        contract("ended", date(2026, 3, 1), 100, renewed_by_contract_id="next"),
        contract("next", date(2027, 3, 1), 100, known_at=later),
    ]
    scope = given(contracts=contracts)
    early = Scope(scope.version, AT_9_30)
    assert read("renewals_in_quarter", early, first_day=TODAY, **NOW)["numerator"].tolist() == [0]
    assert read("renewals_in_quarter", scope, first_day=TODAY, **NOW)["numerator"].tolist() == [100]


def test_hours_to_the_first_response_of_seven_days(given: Given) -> None:
    def complaint(number: str, opened: str, answered: str | None, kind: str = "complaint") -> dict:
        return {"ticket_id": number, "ticket_type": kind, "opened_at": f"2026-{opened}+00",
                "first_response_at": f"2026-{answered}+00" if answered else None}  # fmt: skip

    tickets = [
        complaint("1", "02-24 00:00", "02-24 06:00"),
        complaint("2", "03-01 20:00", "03-02 02:00"),
        complaint("3", "03-02 08:00", None),
        complaint("4", "02-23 23:00", "02-24 23:00"),  # opened 8 days ago
        complaint("5", "03-02 08:00", None, kind="service"),
    ]
    scope = given(tickets=tickets)
    rows = read("response_h", scope, first_day=TODAY - timedelta(days=1), **NOW)
    # yesterday: 24 h of the one of eight days ago, 6 h, and 4 h of number 2 until midnight
    # today: 6 h, 6 h, and the 1.5 h that number 3 has waited
    assert rows["numerator"].tolist() == [24 + 6 + 4, 6 + 6 + 1.5]
    assert rows["denominator"].tolist() == [3, 3]


def test_the_next_72_hours_against_those_of_a_week_ago(given: Given) -> None:
    hours = [
        hour("1", "2026-02-16 09:00", 10, 2),  # the running hour two weeks ago
        hour("1", "2026-02-23 09:00", 30, 3),
        hour("1", "2026-02-19 08:00", 4, 1),  # the last of the 72 hours
        hour("1", "2026-02-19 09:00", 500),  # one too late
        hour("1", "2026-02-23 08:00", 500),  # one too early
        hour("1", "2026-03-02 08:00", 1),
    ]
    scope = given(pos_hours=hours)
    row = read("next_72h", scope, first_day=TODAY, **NOW).iloc[0]
    assert row["numerator"] == (10 + 30) / 2 + (4 + 0) / 2
    assert row["denominator"] == 30
    assert row["case_count"] == 2 + 3 + 1
    assert row["at_stake_amount"] == 30 - 22
    shown = read("next_72h_rows", scope, **NOW)
    assert len(shown) == 72
    assert shown["local_hour"].iloc[0] == datetime(2026, 3, 2, 9)  # noqa: DTZ001
    assert (shown["numerator"].sum(), shown["denominator"].sum()) == (22, 30)
