-- what became known of one unit's margin of one invoice day at one moment: revenue of lines, and
-- later the product cost of those lines; amounts in reporting currency
-- product cost is material, labor and manufacturing; cost of no line is not of one unit
with postings as (
    select
        org_unit_id,
        invoice_date,
        known_at,
        net_revenue as net_revenue_amount,
        0 as product_cost_amount,
        1 as line_count,
    from loaded.order_lines
    union all
    select
        lines.org_unit_id,
        lines.invoice_date,
        greatest(lines.known_at, costs.known_at) as known_at,
        0 as net_revenue_amount,
        costs.amount as product_cost_amount,
        0 as line_count,
    from loaded.cost_items as costs
    inner join loaded.order_lines as lines on costs.order_line_id = lines.order_line_id
    where costs.cost_type in ('material', 'labor', 'manufacturing')
)

select
    org_unit_id::varchar as org_unit_id,
    invoice_date::date as invoice_date,
    known_at::timestamptz as known_at,
    sum(net_revenue_amount)::decimal(18, 6) as net_revenue_amount,
    coalesce(sum(product_cost_amount), 0)::decimal(18, 6) as product_cost_amount,
    sum(line_count)::bigint as line_count,
from postings
group by org_unit_id, invoice_date, known_at
order by invoice_date, org_unit_id, known_at
