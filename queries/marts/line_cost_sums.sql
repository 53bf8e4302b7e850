-- one order line with the postings of its costs added up by type, null without any; amounts in
-- reporting currency, estimated_amount: the part that is an estimate
-- in passing: margin_lines is made from it
-- optional: cost_items
select
    order_line_id::varchar as order_line_id,
    sum(case when cost_type = 'material' then amount end)::decimal(38, 6) as material_amount,
    sum(case when cost_type = 'labor' then amount end)::decimal(38, 6) as labor_amount,
    sum(case when cost_type = 'manufacturing' then amount end)::decimal(38, 6)
        as manufacturing_amount,
    sum(case when cost_type = 'freight' then amount end)::decimal(38, 6) as freight_amount,
    sum(case when cost_type = 'commission' then amount end)::decimal(38, 6) as commission_amount,
    sum(case when cost_type = 'service' then amount end)::decimal(38, 6) as service_amount,
    sum(case when cost_type = 'warranty' then amount end)::decimal(38, 6) as warranty_amount,
    sum(case when cost_type = 'finance' then amount end)::decimal(38, 6) as finance_amount,
    sum(case when cost_type = 'selling' then amount end)::decimal(38, 6) as selling_amount,
    sum(case when cost_type = 'allocated' then amount end)::decimal(38, 6) as allocated_amount,
    sum(case when is_estimate then amount end)::decimal(38, 6) as estimated_amount,
    max(known_at)::timestamptz as known_at,
    null::varchar as org_unit_id,
from loaded.cost_items
where order_line_id is not null
group by order_line_id
