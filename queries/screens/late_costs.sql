-- one cost type of the scope's order lines invoiced from $first_day to $last_day: what became known
-- of their costs after the instant $since; amount in reporting currency
select
    costs.cost_type,
    coalesce(sum(costs.amount), 0)::double as amount,
    count(*)::bigint as item_count,
from known.cost_items as costs
inner join order_lines as lines on costs.order_line_id = lines.order_line_id
where lines.invoice_date between $first_day and $last_day and costs.known_at > $since
group by costs.cost_type
order by costs.cost_type
