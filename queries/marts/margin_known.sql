-- one row: when the newest of what margin_lines is made of became known (known_at), and the newest
-- of what it is drilled by (dimensions_known_at), and its first and last invoice day; null where
-- there is nothing
-- optional: order_lines, cost_items, customers, products, profit_units, org_units
with moments as (
    select
        false as is_dimension,
        known_at,
        invoice_date,
    from loaded.order_lines
    union all
    select
        false as is_dimension,
        known_at,
        null::date as invoice_date,
    from loaded.cost_items
    union all
    select
        true as is_dimension,
        known_at,
        null::date as invoice_date,
    from loaded.customers
    union all
    select
        true as is_dimension,
        known_at,
        null::date as invoice_date,
    from loaded.products
    union all
    select
        true as is_dimension,
        known_at,
        null::date as invoice_date,
    from loaded.profit_units
    union all
    select
        true as is_dimension,
        known_at,
        null::date as invoice_date,
    from loaded.org_units
)

select
    max(known_at)::timestamptz as known_at,
    max(case when is_dimension then known_at end)::timestamptz as dimensions_known_at,
    min(invoice_date)::date as first_day,
    max(invoice_date)::date as last_day,
    null::varchar as org_unit_id,
from moments
