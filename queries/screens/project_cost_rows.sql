-- one cost item of project $project_id, newest first; amounts in reporting currency
-- state: actual, estimated, or to_come while only a quantity is known; then now_amount is the
-- quantity at now_price, of material valid since price_since, and before_amount at before_price;
-- numerator: now_amount (null without a price), denominator: before_amount
-- optional: order_lines, products
select
    items.cost_item_id,
    items.posted_at,
    items.order_line_id,
    items.product_id,
    versions.name as product_name,
    items.cost_type,
    case
        when items.is_to_come then 'to_come'
        when items.is_estimate then 'estimated'
        else 'actual'
    end as state,
    items.amount::double as amount,
    items.quantity,
    items.quantity_uom,
    items.now_price,
    items.before_price,
    items.price_since,
    items.now_amount as numerator,
    items.before_amount as denominator,
from project_items() as items
left join known.product_versions as versions
    on
        items.product_id = versions.product_id
        and items.posted_at >= versions.first_day
        and items.posted_at < versions.next_day
where items.project_id = $project_id
order by items.posted_at desc, items.cost_item_id
