-- one row: the moment from which on margin_lines holds as it was built, for then all that it is
-- made of was known; before it, what was known is worked out afresh
-- optional: order_lines, cost_items, customers, products, profit_units, org_units
select
    max(known_at)::timestamptz as known_at,
    cast(null as varchar) as org_unit_id,
from (
    select known_at from loaded.order_lines
    union all
    select known_at from loaded.cost_items
    union all
    select known_at from loaded.customers
    union all
    select known_at from loaded.products
    union all
    select known_at from loaded.profit_units
    union all
    select known_at from loaded.org_units
) as moments
