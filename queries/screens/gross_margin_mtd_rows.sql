-- one order line of the scope invoiced from the first of $today's month to $today; they add up to
-- the last day of gross_margin_mtd: numerator its margin, denominator its net revenue, both in
-- reporting currency; $store_id keeps the lines of one store
-- optional: customers, products, targets, org_units, $store_id
with costs as (
    select
        order_line_id,
        sum(amount) as product_cost_amount,
    from loaded.cost_items
    where
        known_at <= getvariable('as_of')
        and cost_type in ('material', 'labor', 'manufacturing')
    group by order_line_id
),

names as (
    select
        product_id,
        arg_max(name, valid_from) as name,
    from products
    where valid_from <= $today
    group by product_id
)

select
    lines.order_line_id,
    lines.order_id,
    lines.invoice_date,
    lines.customer_id,
    customers.name as customer_name,
    lines.product_id,
    names.name as product_name,
    lines.qty,
    lines.list_amount::double as list_amount,
    lines.discount_amount::double as discount_amount,
    costs.product_cost_amount::double as product_cost_amount,
    (lines.net_revenue - coalesce(costs.product_cost_amount, 0))::double as numerator,
    lines.net_revenue::double as denominator,
from order_lines as lines
left join costs on lines.order_line_id = costs.order_line_id
left join customers on lines.customer_id = customers.customer_id
left join names on lines.product_id = names.product_id
where
    lines.invoice_date between date_trunc('month', $today::date) and $today
    and ($store_id is null or lines.store_id = $store_id)
order by lines.invoice_date desc, lines.order_line_id
