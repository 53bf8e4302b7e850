-- one of the 72 local hours from the running one on, of the scope's unit; they add up to the last
-- day of next_72h: numerator what is expected, denominator the sales of that hour a week earlier
-- week_count: how many weeks the mean is of; $hour (local) keeps one hour; reporting currency
-- optional: stores, org_units, $hour
with hours as (
    select *,
    from expected_hours($tz, $today::timestamp - interval 7 days, ($today + 4)::timestamp, null)
),

weeks_ago as (
    select
        unit_key,
        local_hour + interval 7 days as local_hour,
        coalesce(net_sales_amount, expected_amount) as sales_amount,
    from hours
)

select
    hours.local_hour,
    hours.week_count::bigint as week_count,
    hours.case_count,
    hours.expected_amount as numerator,
    weeks_ago.sales_amount as denominator,
from hours
inner join weeks_ago
    on hours.unit_key = weeks_ago.unit_key and hours.local_hour = weeks_ago.local_hour
cross join scope_unit
where
    hours.unit_key = coalesce(scope_unit.org_unit_id, '')
    and hours.local_hour >= date_trunc('hour', $now::timestamp)
    and hours.local_hour < date_trunc('hour', $now::timestamp) + interval 72 hours
    and ($hour is null or hours.local_hour = date_trunc('hour', $hour::timestamp))
order by hours.local_hour
