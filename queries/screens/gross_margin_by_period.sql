-- two rows: the days from $first to $day, and the 90 days before $first; amounts in reporting
-- currency; product cost is material, labor and manufacturing
with lines as (
    select
        order_line_id,
        net_revenue,
        case when invoice_date >= $first then 'month' else 'before' end as period,
    from order_lines
    where invoice_date between $first - 90 and $day
),

costs as (
    select
        order_line_id,
        sum(amount) as cost,
    from cost_items
    where cost_type in ('material', 'labor', 'manufacturing')
    group by order_line_id
)

select
    lines.period,
    sum(lines.net_revenue)::double as net_revenue_amount,
    coalesce(sum(costs.cost), 0)::double as product_cost_amount,
    count(*)::bigint as line_count,
from lines
left join costs on lines.order_line_id = costs.order_line_id
group by lines.period
