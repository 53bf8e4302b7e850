-- one order line of margin_lines that does not hold yet at as_of, as it was known then: less the
-- costs that came later; lines that were not known are not there. Lines of all units
with later as (
    select
        order_line_id,
        cost_type,
        is_estimate,
        amount,
    from loaded.cost_items
    where known_at > getvariable('as_of') and order_line_id is not null and amount is not null
),

later_costs as (
    select
        order_line_id,
        sum(amount) filter (where cost_type = 'material') as material_amount,
        sum(amount) filter (where cost_type = 'labor') as labor_amount,
        sum(amount) filter (where cost_type = 'manufacturing') as manufacturing_amount,
        sum(amount) filter (where cost_type = 'freight') as freight_amount,
        sum(amount) filter (where cost_type = 'commission') as commission_amount,
        sum(amount) filter (where cost_type = 'service') as service_amount,
        sum(amount) filter (where cost_type = 'warranty') as warranty_amount,
        sum(amount) filter (where cost_type = 'finance') as finance_amount,
        sum(amount) filter (where cost_type = 'selling') as selling_amount,
        sum(amount) filter (where cost_type = 'allocated') as allocated_amount,
        sum(amount) filter (where is_estimate) as estimated_amount,
    from later
    group by order_line_id
)

select
    lines.* replace ( -- noqa: AM04
        (lines.material_amount - coalesce(costs.material_amount, 0))::decimal(18, 6)
            as material_amount,
        (lines.labor_amount - coalesce(costs.labor_amount, 0))::decimal(18, 6) as labor_amount,
        (lines.manufacturing_amount - coalesce(costs.manufacturing_amount, 0))::decimal(18, 6)
            as manufacturing_amount,
        (lines.freight_amount - coalesce(costs.freight_amount, 0))::decimal(18, 6)
            as freight_amount,
        (lines.commission_amount - coalesce(costs.commission_amount, 0))::decimal(18, 6)
            as commission_amount,
        (lines.service_amount - coalesce(costs.service_amount, 0))::decimal(18, 6)
            as service_amount,
        (lines.warranty_amount - coalesce(costs.warranty_amount, 0))::decimal(18, 6)
            as warranty_amount,
        (lines.finance_amount - coalesce(costs.finance_amount, 0))::decimal(18, 6)
            as finance_amount,
        (lines.selling_amount - coalesce(costs.selling_amount, 0))::decimal(18, 6)
            as selling_amount,
        (lines.allocated_amount - coalesce(costs.allocated_amount, 0))::decimal(18, 6)
            as allocated_amount,
        (lines.estimated_amount - coalesce(costs.estimated_amount, 0))::decimal(18, 6)
            as estimated_amount
    ),
from loaded.margin_lines as lines
left join later_costs as costs on lines.order_line_id = costs.order_line_id
where lines.settled_at > getvariable('as_of') and lines.known_at <= getvariable('as_of')
