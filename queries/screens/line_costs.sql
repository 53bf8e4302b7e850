-- one cost item of order line $order_line_id, which the scope must see; amount in reporting
-- currency, null while only a quantity is known; known_at in UTC
-- is_late: posted after the line's month, or known later than a day after its end (the load of the
-- night brings the last day)
with line as (
    select
        order_line_id,
        (date_trunc('month', invoice_date) + interval 1 month)::date as next_month,
    from order_lines
    where order_line_id = $order_line_id
)

select
    costs.cost_item_id,
    costs.posted_at,
    timezone('UTC', costs.known_at) as known_at,
    costs.cost_type,
    costs.amount::double as amount,
    costs.quantity,
    costs.quantity_uom,
    coalesce(costs.is_estimate, false) as is_estimate,
    coalesce(costs.is_variable, false) as is_variable,
    costs.posted_at >= line.next_month
    or costs.known_at > timezone('UTC', line.next_month + interval 1 day) as is_late,
from known.cost_items as costs
inner join line on costs.order_line_id = line.order_line_id
order by costs.posted_at, costs.cost_item_id
