-- one deal of the scope, leads too, with the profit unit that it belongs to on the day of as_of:
-- its own, else by the customer's cluster, then by product line; '' without any
-- optional: customers, products, profit_units
select
    deals.opp_id,
    coalesce(
        deals.profit_unit_id,
        of_clusters.profit_unit_id,
        of_product_lines.profit_unit_id,
        ''
    ) as profit_unit_id,
from opportunities as deals
left join known.customers as customers on deals.customer_id = customers.customer_id
left join known.product_versions as versions
    on
        deals.product_id = versions.product_id
        and getvariable('as_of')::date >= versions.first_day
        and getvariable('as_of')::date < versions.next_day
left join known.profit_unit_matches as of_clusters
    on
        of_clusters.unit_type = 'customer_cluster'
        and customers.customer_cluster = of_clusters.match_value
        and getvariable('as_of')::date >= of_clusters.first_day
        and getvariable('as_of')::date < of_clusters.next_day
left join known.profit_unit_matches as of_product_lines
    on
        of_product_lines.unit_type = 'product_line'
        and coalesce(deals.product_line, versions.product_line) = of_product_lines.match_value
        and getvariable('as_of')::date >= of_product_lines.first_day
        and getvariable('as_of')::date < of_product_lines.next_day
