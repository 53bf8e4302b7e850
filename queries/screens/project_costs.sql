-- one project x cost type ('' for a project with revenue but no cost); amounts in reporting
-- currency: actual and estimated as posted, to_come for quantities without an amount at the price
-- of as_of, priced_before at the price before its latest change; both null where nothing is priced
-- to_come_count: quantities without an amount, unpriced_count: those of them without a price
-- net_revenue_amount: of the whole project, the same in each of its rows
-- optional: order_lines, products
with costs as (
    select
        project_id,
        cost_type,
        sum(amount) filter (where not is_estimate) as actual_amount,
        sum(amount) filter (where is_estimate) as estimated_amount,
        sum(now_amount) filter (where is_to_come) as to_come_amount,
        sum(before_amount) filter (where is_to_come) as priced_before_amount,
        count(*) filter (where is_to_come) as to_come_count,
        count(*) filter (where is_to_come and now_amount is null) as unpriced_count,
    from project_items()
    group by project_id, cost_type
),

revenue as (
    select
        project_id,
        sum(net_revenue) as net_revenue_amount,
    from order_lines
    where project_id is not null
    group by project_id
)

select
    coalesce(costs.project_id, revenue.project_id) as project_id,
    coalesce(costs.cost_type, '') as cost_type,
    coalesce(costs.actual_amount, 0)::double as actual_amount,
    coalesce(costs.estimated_amount, 0)::double as estimated_amount,
    costs.to_come_amount::double as to_come_amount,
    costs.priced_before_amount::double as priced_before_amount,
    coalesce(costs.to_come_count, 0)::bigint as to_come_count,
    coalesce(costs.unpriced_count, 0)::bigint as unpriced_count,
    coalesce(revenue.net_revenue_amount, 0)::double as net_revenue_amount,
from costs
full join revenue on costs.project_id = revenue.project_id
order by coalesce(costs.project_id, revenue.project_id), cost_type
