-- one product from first_day to the day before next_day: the stretch that its valid_from opens, the
-- first one from the beginning of time; every day lies in one stretch of a product
-- optional: products
select
    product_id::varchar as product_id,
    name::varchar as name,
    product_line::varchar as product_line,
    uom::varchar as uom,
    std_unit_cost::decimal(18, 6) as std_unit_cost,
    case
        when row_number() over (partition by product_id order by valid_from) > 1 then valid_from
        else date '0001-01-01'
    end::date as first_day,
    coalesce(
        lead(valid_from) over (partition by product_id order by valid_from), date '9999-12-31'
    )::date as next_day,
    known_at::timestamptz as known_at,
    null::varchar as org_unit_id,
from loaded.products
