"""The data contract: every extract that the product knows, in one place.

Names are snake_case and plural, keys come from the source as text, money is DECIMAL(18,6) in
the reporting currency, rates are 0..1, durations carry their unit in the name, instants are
TIMESTAMPTZ in UTC and dates are local days. The dictionary in docs/ is generated from here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

MONEY = "DECIMAL(18,6)"
FLEXIBLE_PREFIX = "x_"  # columns of any extract that pass through unchecked


@dataclass(frozen=True)
class Column:
    """One column: its SQL type, and what may stand in it.

    `low` and `high` are inclusive; `references` names the extract whose key it repeats (a value
    that matches nothing is reported, the row stays); `is_required` forbids null.
    """

    name: str
    type: str
    meaning: str = ""
    unit: str = ""
    is_required: bool = False
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    references: str = ""
    default: str = ""  # SQL literal for a mapping that leaves the column out


@dataclass(frozen=True)
class Extract:
    """One extract: a folder of Parquet per version.

    `key` identifies a row; `event_column` is when it happened ("" for what merely is), from
    which `known_at` of history is assumed; `is_event_planned`: it may lie ahead, as the start of
    a contract does; `scope_column` leads to the org unit that may see the row: either
    org_unit_id itself or a reference to an extract that has one.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    event_column: str = ""
    scope_column: str = ""
    is_event_planned: bool = False

    @property
    def id_column(self) -> str:
        """The column that other extracts repeat when they reference this one."""
        return next(name for name in self.key if name.endswith("_id"))

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


# What every extract has besides its own columns; the loader fills it, a mapping may not.
BOOKKEEPING = (
    Column("source_system", "VARCHAR", "which source the row came from", is_required=True),
    Column("extracted_at", "TIMESTAMPTZ", "when the source was read", is_required=True),
    Column(
        "known_at",
        "TIMESTAMPTZ",
        "when the row first stood in a published version; carried forward unchanged",
        is_required=True,
    ),
    Column(
        "is_known_at_assumed",
        "BOOLEAN",
        "history loaded at once: known_at is the event's time plus the source's delay",
        is_required=True,
    ),
)


def _text(name: str, meaning: str = "", **rest: object) -> Column:
    return Column(name, "VARCHAR", meaning, **rest)  # type: ignore[arg-type]


def _id(name: str, references: str = "", meaning: str = "") -> Column:
    return Column(name, "VARCHAR", meaning, references=references)


def _one_of(name: str, *values: str, meaning: str = "") -> Column:
    return Column(name, "VARCHAR", meaning, values=values)


def _money(name: str, meaning: str = "", low: float | None = None) -> Column:
    return Column(name, MONEY, meaning, "reporting currency", low=low)


def _share(name: str, meaning: str = "") -> Column:
    return Column(name, "DOUBLE", meaning, "0..1", low=0, high=1)


def _number(name: str, unit: str = "", meaning: str = "", low: float | None = None) -> Column:
    return Column(name, "DOUBLE", meaning, unit, low=low)


def _count(name: str, meaning: str = "", low: float | None = 0) -> Column:
    return Column(name, "BIGINT", meaning, "count", low=low)


def _at(name: str, meaning: str = "") -> Column:
    return Column(name, "TIMESTAMPTZ", meaning, "UTC")


def _day(name: str, meaning: str = "") -> Column:
    return Column(name, "DATE", meaning, "local day")


def _since() -> Column:
    meaning = "first day of validity; a source without history leaves it out"
    return Column("valid_from", "DATE", meaning, "local day", default="DATE '1970-01-01'")


def _flag(name: str, meaning: str = "") -> Column:
    return Column(name, "BOOLEAN", meaning)


def _extract(
    name: str,
    grain: str,
    key: str,
    *columns: Column,
    required: str = "",
    event: str = "",
    scope: str = "",
    planned: bool = False,
) -> Extract:
    keys = tuple(key.split())
    needed = {*keys, *required.split()}
    marked = tuple(
        replace(column, is_required=True) if column.name in needed else column for column in columns
    )
    return Extract(name, grain, keys, marked, event, scope, planned)


_ROLES = (
    "rep", "manager", "director", "supervisor", "store_manager", "hq_ops", "presales", "csm",
    "value_validator",
)  # fmt: skip
_FORECAST_CATEGORIES = ("pipeline", "best_case", "most_likely", "commit", "won", "lost")
_COST_TYPES = (
    "material", "labor", "manufacturing", "freight", "commission", "service", "warranty",
    "finance", "selling", "allocated",
)  # fmt: skip

WHO_AND_WHAT = (
    _extract(
        "org_units", "one organisational unit", "org_unit_id",
        _id("org_unit_id"), _id("parent_id", "org_units"),
        _one_of("level", "company", "region", "district", "branch"),
        _text("name"), _text("tz", "IANA time zone in which the unit's days run"),
        _id("manager_rep_id", "reps"),
        required="name", scope="org_unit_id",
    ),
    _extract(
        "reps", "one rep over one stretch of validity", "rep_id valid_from",
        _id("rep_id"), _since(), _day("valid_to"), _text("name"),
        _one_of("role", *_ROLES), _id("org_unit_id", "org_units"), _id("manager_id", "reps"),
        _id("dotted_manager_id", "reps", "a value validator reports to two"),
        _day("hire_date"), _day("leave_date"), _flag("is_key_talent"),
        required="name", scope="org_unit_id",
    ),
    _extract(
        "customers", "one customer", "customer_id",
        _id("customer_id"), _text("name"), _text("industry"), _text("segment"), _text("tier"),
        _text("customer_cluster"), _id("org_unit_id", "org_units"), _id("owner_rep_id", "reps"),
        _day("first_order_date"), _number("lat", "degrees"), _number("lon", "degrees"),
        required="name", scope="org_unit_id",
    ),
    _extract(
        "products", "one product over one stretch of validity", "product_id valid_from",
        _id("product_id"), _since(), _day("valid_to"), _text("name"),
        _text("product_line"),
        _one_of("kind", "device", "consumable", "service", "option", "policy", "loan"),
        _id("base_product_id", "products", "the product that an option belongs to"),
        _text("uom", "unit of measure"), _money("list_price", low=0),
        _money("std_unit_cost", low=0), _number("std_lead_days", "days", low=0),
        _number("replacement_cycle_years", "years", low=0),
        _id("codefined_sandbox_id", "sandboxes"),
        required="name",
    ),
    _extract(
        "channels", "one channel", "channel_id",
        _id("channel_id"), _text("name"),
        _one_of("channel_type", "direct", "dealer", "store", "online", "branch"),
        required="name",
    ),
    _extract(
        "stores", "one store", "store_id",
        _id("store_id"), _text("name"), _id("org_unit_id", "org_units"),
        _id("channel_id", "channels"), _text("tz", "IANA time zone of the store"),
        Column("open_hour", "BIGINT", "first local hour open", "hour", low=0, high=24),
        Column("close_hour", "BIGINT", "local hour at which it closes", "hour", low=0, high=24),
        _number("lat", "degrees"), _number("lon", "degrees"), _id("manager_rep_id", "reps"),
        _id("supervisor_rep_id", "reps"),
        required="name tz", scope="org_unit_id",
    ),
    _extract(
        "stages", "one stage of one pipeline", "pipeline stage_id",
        _text("pipeline"), _id("stage_id"), _count("stage_order"), _text("name"),
        _one_of("forecast_category", *_FORECAST_CATEGORIES), _flag("is_closed"),
        _flag("is_won"), _number("sla_days", "days", low=0),
        required="name stage_order is_closed is_won",
    ),
    _extract(
        "profit_units", "one micro profit unit over one stretch of validity",
        "profit_unit_id valid_from",
        _id("profit_unit_id"), _one_of("unit_type", "customer_cluster", "product_line", "project"),
        _text("name"), _text("match_value", "the cluster, line or project that it takes in"),
        _id("owner_rep_id", "reps"), _share("bonus_margin_weight"), _since(),
        _day("valid_to"),
        required="name unit_type",
    ),
    _extract(
        "value_modules", "one version of one value module", "module_id version",
        _id("module_id"), _text("version"), _text("name"), _text("industry"),
        _text("data_template"), _text("kpi_name"), _text("kpi_formula"), _text("kpi_unit"),
        _text("root_cause_tree", "JSON"), _id("owner_rep_id", "reps"),
        required="name",
    ),
)  # fmt: skip

WHAT_HAPPENED = (
    _extract(
        "opportunities", "one lead or deal as it stands", "opp_id",
        _id("opp_id"), _text("name"), _text("pipeline"),
        _one_of("opp_type", "new", "expansion", "renewal", "loan"), _flag("is_lead"),
        _one_of("lead_grade", "A", "B", "C", "D"), _id("customer_id", "customers"),
        _id("owner_rep_id", "reps"), _id("org_unit_id", "org_units"),
        _id("product_id", "products"), _text("product_line"), _id("channel_id", "channels"),
        _id("profit_unit_id", "profit_units"), _id("contract_id", "contracts"),
        _id("stage_id", "stages"),
        _one_of("forecast_category", *_FORECAST_CATEGORIES), _money("amount"),
        _text("currency"), _share("rep_probability"), _at("created_at"),
        _day("expected_close_date"), _at("closed_at"),
        _flag("is_won", "null while open"), _text("lost_reason"), _text("next_step"),
        _day("next_step_due"), _flag("decision_maker_known"), _count("contacts_engaged"),
        required="stage_id", event="created_at", scope="org_unit_id",
    ),
    _extract(
        "opportunity_changes", "one change of one field of one deal",
        "opp_id changed_at field",
        _id("opp_id", "opportunities"), _at("changed_at"),
        _one_of("field", "created", "stage_id", "amount", "expected_close_date",
                "forecast_category", "owner_rep_id", "rep_probability"),
        _text("old_value"), _text("new_value"), _id("changed_by", "reps"),
        event="changed_at", scope="opp_id",
    ),
    _extract(
        "touchpoints", "one event with a customer", "event_id",
        _id("event_id"), _at("occurred_at"), _id("customer_id", "customers"),
        _id("opp_id", "opportunities"), _id("rep_id", "reps"), _id("signal_id"),
        _one_of("direction", "in", "out", "two_way"),
        _one_of("source", "wechat", "web", "app", "video", "service", "call", "visit", "email"),
        _text("subject"), _number("duration_s", "seconds", low=0), _share("depth"),
        _number("value"), _flag("is_conversion"),
        required="occurred_at", event="occurred_at", scope="customer_id",
    ),
    _extract(
        "pos_hours", "one store in one hour", "store_id hour_start",
        _id("store_id", "stores"), _at("hour_start"), _money("net_sales"), _count("tickets"),
        _number("units"), _flag("is_open"), _flag("is_complete", "the hour is over and all in"),
        required="net_sales is_open is_complete", event="hour_start", scope="store_id",
    ),
    _extract(
        "order_lines", "one line of one order", "order_line_id",
        _id("order_line_id"), _id("order_id"), _day("invoice_date"),
        _id("customer_id", "customers"), _id("product_id", "products"),
        _id("channel_id", "channels"), _id("rep_id", "reps"), _id("store_id", "stores"),
        _id("org_unit_id", "org_units"), _id("profit_unit_id", "profit_units"),
        _id("project_id"), _id("contract_id", "contracts"), _number("qty"),
        _money("list_amount", "at list price"), _money("discount_amount"),
        _money("rebate_amount"), _money("net_revenue"), _text("currency"),
        _number("fx_rate", "reporting currency per unit of currency", low=0),
        required="invoice_date net_revenue", event="invoice_date", scope="org_unit_id",
    ),
    _extract(
        "cost_items", "one posting of cost", "cost_item_id",
        _id("cost_item_id"), _day("posted_at"),
        _id("order_line_id", "order_lines", "null: not of one line"),
        _id("customer_id", "customers"), _id("project_id"),
        _id("profit_unit_id", "profit_units"), _one_of("cost_type", *_COST_TYPES),
        _money("amount", "null while only a quantity is known"), _number("quantity"),
        _text("quantity_uom"), _flag("is_variable"), _flag("is_estimate"),
        _text("driver", "what allocates it"),
        required="posted_at cost_type", event="posted_at", scope="order_line_id",
    ),
    _extract(
        "contracts", "one contract", "contract_id",
        _id("contract_id"), _id("customer_id", "customers"), _id("opp_id", "opportunities"),
        _one_of("contract_kind", "sale", "service", "policy", "loan"), _day("start_date"),
        _day("end_date"), _money("annual_value", low=0), _number("response_sla_h", "hours", low=0),
        _count("covered_units"), _text("status"), _id("renewed_by_contract_id", "contracts"),
        required="start_date", event="start_date", scope="customer_id", planned=True,
    ),
    _extract(
        "contract_clauses", "one clause or option of one scenario of a quote or contract",
        "clause_id scenario_id",
        _id("opp_id", "opportunities"), _id("contract_id", "contracts"), _id("scenario_id"),
        _id("clause_id"),
        _one_of("clause_type", "base", "option", "discount", "payment_terms", "delivery",
                "penalty", "warranty", "service_level"),
        _id("product_id", "products"), _flag("is_selected"), _money("delta_price"),
        _money("delta_cost"), _number("delta_lead_days", "days"),
        _money("penalty_per_day", low=0),
        required="clause_type", scope="opp_id",
    ),
    _extract(
        "installed_assets", "one machine at a customer", "asset_id",
        _id("asset_id"), _id("customer_id", "customers"), _id("product_id", "products"),
        _day("installed_on"), _day("retired_on"), _id("service_contract_id", "contracts"),
        event="installed_on", scope="customer_id",
    ),
    _extract(
        "tickets", "one ticket", "ticket_id",
        _id("ticket_id"), _id("customer_id", "customers"),
        _one_of("ticket_type", "complaint", "service", "policy_service"),
        Column("severity", "BIGINT", "1 is the worst", low=1, high=5), _at("opened_at"),
        _at("first_response_at"), _at("resolved_at"), _id("owner_rep_id", "reps"),
        _text("status"), _at("sla_due_at"), _flag("sla_met"), _count("reopened_count"),
        _at("escalated_at"),
        required="opened_at ticket_type", event="opened_at", scope="customer_id",
    ),
    _extract(
        "indicators", "one indicator of one customer in one period",
        "customer_id indicator period_end",
        _id("customer_id", "customers"), _text("indicator", "tax_paid, power_kwh, ..."),
        _day("period_end"), _one_of("period", "month", "quarter"), _number("value"),
        _text("unit"),
        required="period value", event="period_end", scope="customer_id",
    ),
    _extract(
        "targets", "one target of one owner over one period",
        "owner_type owner_id metric period_start",
        _day("period_start"), _day("period_end"),
        _one_of("owner_type", "rep", "org_unit", "profit_unit"), _id("owner_id"),
        _one_of("metric", "revenue", "gross_margin", "gross_margin_rate", "renewal_rate",
                "cobuild_deliverables"),
        _number("target_value"), _text("unit"),
        required="period_end target_value",
    ),
    _extract(
        "sandboxes", "one co-build sandbox", "sandbox_id",
        _id("sandbox_id"), _id("customer_id", "customers"), _id("opp_id", "opportunities"),
        _id("validator_rep_id", "reps"), _one_of("sandbox_type", "solution", "product_prototype"),
        _day("started_on"), _day("planned_go_live"), _day("expected_go_live"),
        _day("went_live_on"), _number("customer_approval_days", "days", low=0),
        _number("baseline_approval_days", "days", low=0),
        _one_of("status", "building", "verifying", "live", "stopped"),
        required="started_on status", event="started_on", scope="customer_id",
    ),
    _extract(
        "sandbox_milestones", "one deliverable of one sandbox", "sandbox_id milestone_id",
        _id("sandbox_id", "sandboxes"), _id("milestone_id"),
        _one_of("track", "env", "it", "production", "finance"), _text("scenario"),
        _text("name"), _number("weight", low=0), _text("depends_on", "milestone ids, by comma"),
        _id("module_id", "value_modules"), _text("module_version"), _flag("is_reused"),
        _text("criterion"), _one_of("criterion_defined_by", "customer", "joint", "vendor"),
        _number("target_value"), _number("actual_value"), _text("unit"), _day("planned_on"),
        _day("done_on"),
        required="name weight", scope="sandbox_id",
    ),
    _extract(
        "sandbox_confirmations", "one request to one party for one milestone",
        "sandbox_id milestone_id party requested_at",
        _id("sandbox_id", "sandboxes"), _id("milestone_id"),
        _one_of("party", "it", "production", "finance"), _at("requested_at"), _at("decided_at"),
        _one_of("decision", "pending", "confirmed", "rejected"), _text("confirmer"),
        _text("comment"),
        required="decision", event="requested_at", scope="sandbox_id",
    ),
)  # fmt: skip

EXTRACTS: dict[str, Extract] = {e.name: e for e in (*WHO_AND_WHAT, *WHAT_HAPPENED)}
