-- one order line with what it is drilled by and its costs by type; amounts in reporting currency
-- sorted by month and customer; '' where a line has no such member; a cost type without posting: 0
-- settled_at: from then on the row holds; before, some of its costs were not known
-- fx_rate: reporting currency per unit of currency, 1 where unknown
-- profit_unit_id: the line's own, else by project, then cluster, then product line
-- costs: postings, and what the line's own row brings (a source with costs as columns)
-- optional: cost_items, customers
select
    lines.order_line_id::varchar as order_line_id,
    lines.order_id::varchar as order_id,
    lines.invoice_date::date as invoice_date,
    date_trunc('month', lines.invoice_date)::date as month,
    coalesce(lines.customer_id, '')::varchar as customer_id,
    coalesce(lines.product_id, '')::varchar as product_id,
    coalesce(lines.channel_id, '')::varchar as channel_id,
    coalesce(lines.rep_id, '')::varchar as rep_id,
    coalesce(customers.customer_cluster, '')::varchar as customer_cluster,
    coalesce(versions.product_line, '')::varchar as product_line,
    coalesce(regions.region_id, '')::varchar as region_id,
    coalesce(lines.org_unit_id, '')::varchar as org_unit_id,
    coalesce(
        lines.profit_unit_id,
        of_projects.profit_unit_id,
        of_clusters.profit_unit_id,
        of_product_lines.profit_unit_id,
        ''
    )::varchar as profit_unit_id,
    coalesce(lines.project_id, '')::varchar as project_id,
    coalesce(versions.uom, '')::varchar as uom,
    coalesce(lines.currency, '')::varchar as currency,
    coalesce(try_cast(lines.qty as decimal(18, 6)), 0)::decimal(18, 6) as qty,
    coalesce(lines.list_amount, 0)::decimal(18, 6) as list_amount,
    coalesce(lines.discount_amount, 0)::decimal(18, 6) as discount_amount,
    coalesce(lines.rebate_amount, 0)::decimal(18, 6) as rebate_amount,
    lines.net_revenue::decimal(18, 6) as net_revenue_amount,
    coalesce(nullif(lines.fx_rate, 0), 1)::double as fx_rate,
    (coalesce(lines.material_amount, 0) + coalesce(costs.material_amount, 0))::decimal(18, 6)
        as material_amount,
    (coalesce(lines.labor_amount, 0) + coalesce(costs.labor_amount, 0))::decimal(18, 6)
        as labor_amount,
    (coalesce(lines.manufacturing_amount, 0) + coalesce(costs.manufacturing_amount, 0))
    ::decimal(18, 6) as manufacturing_amount,
    (coalesce(lines.freight_amount, 0) + coalesce(costs.freight_amount, 0))::decimal(18, 6)
        as freight_amount,
    (coalesce(lines.commission_amount, 0) + coalesce(costs.commission_amount, 0))::decimal(18, 6)
        as commission_amount,
    (coalesce(lines.service_amount, 0) + coalesce(costs.service_amount, 0))::decimal(18, 6)
        as service_amount,
    (coalesce(lines.warranty_amount, 0) + coalesce(costs.warranty_amount, 0))::decimal(18, 6)
        as warranty_amount,
    (coalesce(lines.finance_amount, 0) + coalesce(costs.finance_amount, 0))::decimal(18, 6)
        as finance_amount,
    (coalesce(lines.selling_amount, 0) + coalesce(costs.selling_amount, 0))::decimal(18, 6)
        as selling_amount,
    (coalesce(lines.allocated_amount, 0) + coalesce(costs.allocated_amount, 0))::decimal(18, 6)
        as allocated_amount,
    (coalesce(lines.estimated_amount, 0) + coalesce(costs.estimated_amount, 0))::decimal(18, 6)
        as estimated_amount,
    lines.known_at::timestamptz as known_at,
    greatest(lines.known_at, costs.known_at)::timestamptz as settled_at,
from loaded.order_lines as lines
left join loaded.line_cost_sums as costs on lines.order_line_id = costs.order_line_id
left join loaded.customers as customers on lines.customer_id = customers.customer_id
left join loaded.product_versions as versions
    on
        lines.product_id = versions.product_id
        and lines.invoice_date >= versions.first_day
        and lines.invoice_date < versions.next_day
left join loaded.unit_regions as regions on lines.org_unit_id = regions.org_unit_id
left join loaded.profit_unit_matches as of_projects
    on
        of_projects.unit_type = 'project'
        and lines.project_id = of_projects.match_value
        and lines.invoice_date >= of_projects.first_day
        and lines.invoice_date < of_projects.next_day
left join loaded.profit_unit_matches as of_clusters
    on
        of_clusters.unit_type = 'customer_cluster'
        and customers.customer_cluster = of_clusters.match_value
        and lines.invoice_date >= of_clusters.first_day
        and lines.invoice_date < of_clusters.next_day
left join loaded.profit_unit_matches as of_product_lines
    on
        of_product_lines.unit_type = 'product_line'
        and versions.product_line = of_product_lines.match_value
        and lines.invoice_date >= of_product_lines.first_day
        and lines.invoice_date < of_product_lines.next_day
order by month, customer_id, order_line_id
