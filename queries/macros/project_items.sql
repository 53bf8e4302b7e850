-- one cost item of the scope that belongs to a project, by itself or by its order line
-- amount is null while only a quantity is known; then now_amount prices the quantity as at as_of
-- and before_amount as before the latest change of the price; both equal amount where it is known
-- price of material: std_unit_cost of the line's product; of all else, and of material without such
-- a price: the median actual amount per unit of the same cost type and unit, null without any
-- optional: order_lines, products
with items as (
    select
        costs.*,
        coalesce(costs.project_id, lines.project_id) as of_project,
        lines.product_id,
    from cost_items as costs
    left join order_lines as lines on costs.order_line_id = lines.order_line_id
    where coalesce(costs.project_id, lines.project_id) is not null
),

usual as (
    select
        cost_type,
        quantity_uom,
        median(amount / nullif(quantity, 0)) as unit_amount,
    from known.cost_items
    where amount is not null and quantity > 0 and not coalesce(is_estimate, false)
    group by cost_type, quantity_uom
),

prices as (
    select
        product_id,
        std_unit_cost as now_price,
        lag(std_unit_cost, 1, std_unit_cost) over (
            partition by product_id order by first_day
        ) as before_price,
        first_day,
        next_day,
    from known.product_versions
    where std_unit_cost is not null
),

priced as (
    select
        items.*,
        case when items.cost_type = 'material' then prices.now_price end as list_now,
        case when items.cost_type = 'material' then prices.before_price end as list_before,
        case when items.cost_type = 'material' then prices.first_day end as price_since,
        usual.unit_amount,
    from items
    left join prices
        on
            items.product_id = prices.product_id
            and getvariable('as_of')::date >= prices.first_day
            and getvariable('as_of')::date < prices.next_day
    left join usual
        on
            items.cost_type = usual.cost_type
            and items.quantity_uom is not distinct from usual.quantity_uom
)

select
    cost_item_id,
    posted_at,
    order_line_id,
    of_project as project_id,
    product_id,
    cost_type,
    amount,
    quantity,
    quantity_uom,
    coalesce(is_estimate, false) as is_estimate,
    amount is null as is_to_come,
    case when amount is null then coalesce(list_now, unit_amount) end::double as now_price,
    case when amount is null then coalesce(list_before, unit_amount) end::double as before_price,
    case
        when amount is null and list_now is not null and price_since > date '0001-01-01'
            then price_since
    end as price_since,
    coalesce(amount, quantity * coalesce(list_now, unit_amount))::double as now_amount,
    coalesce(amount, quantity * coalesce(list_before, unit_amount))::double as before_amount,
from priced
