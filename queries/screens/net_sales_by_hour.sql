-- one local hour of the scope from $first to $last (local, exclusive, in $tz); reporting currency
-- net_sales_amount: null until reported, of the running hour what is in so far (is_complete false)
-- expected_amount: mean of the same hour of the week over up to 8 weeks before (week_count)
-- low_amount, high_amount: 1.28 standard deviations around it (80 % of a normal spread), under 3
-- weeks null
-- optional: stores, org_units
select
    hours.local_hour,
    hours.net_sales_amount,
    hours.expected_amount,
    case
        when hours.week_count >= 3
            then greatest(0, hours.expected_amount - 1.28 * hours.spread_amount)
    end as low_amount,
    case
        when hours.week_count >= 3 then hours.expected_amount + 1.28 * hours.spread_amount
    end as high_amount,
    hours.week_count::bigint as week_count,
    hours.net_sales_amount is not null and hours.is_complete as is_complete,
from expected_hours($tz, date_trunc('hour', $first), date_trunc('hour', $last), null) as hours
cross join scope_unit
where hours.unit_key = coalesce(scope_unit.org_unit_id, '') and hours.occurrence_count > 0
order by hours.local_hour
