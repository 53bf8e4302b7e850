-- one cost type x customer x project x profit unit x driver of costs of no order line posted from
-- $first_day to $last_day; '' where a cost names none; amount in reporting currency
-- a cost whose order line is nowhere counts here, so that every cost lands once; costs of no line
-- belong to no org unit: a scope narrowed to a unit sees none
-- optional: order_lines
select
    costs.cost_type,
    coalesce(costs.customer_id, '') as customer_id,
    coalesce(costs.project_id, '') as project_id,
    coalesce(costs.profit_unit_id, '') as profit_unit_id,
    coalesce(costs.driver, '') as driver,
    coalesce(sum(costs.amount), 0)::double as amount,
    count(*)::bigint as item_count,
from known.cost_items as costs
anti join loaded.order_lines as lines on costs.order_line_id = lines.order_line_id
where costs.posted_at between $first_day and $last_day and getvariable('unit_id') is null
group by all
order by all
