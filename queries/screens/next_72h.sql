-- one shown unit and local day from $first_day to $today; amounts in reporting currency, $tz
-- numerator: what is expected of the 72 hours from the running hour of $now (local) on: the mean of
-- the same hour of the week over up to 8 weeks before; denominator: the sales of the same 72 hours
-- a week earlier (expected ones where not reported); case_count: tickets of the weeks averaged
-- optional: stores, org_units
with hours as (
    select
        unit_key,
        local_hour,
        expected_amount,
        coalesce(net_sales_amount, expected_amount) as sales_amount,
        case_count,
    from expected_hours($tz, $first_day::timestamp - interval 7 days, ($today + 4)::timestamp, null)
),

ahead as (
    select
        unit_key,
        local_hour,
        sum(expected_amount) over next_hours as numerator,
        sum(sales_amount) over week_ago as denominator,
        sum(case_count) over next_hours as case_count,
    from hours
    window
        next_hours as (
            partition by unit_key
            order by local_hour
            rows between current row and 71 following
        ),
        week_ago as (
            partition by unit_key
            order by local_hour
            rows between 168 preceding and 97 preceding
        )
)

select
    nullif(unit_key, '') as org_unit_id,
    local_hour::date as day,
    numerator,
    denominator,
    null::double as reference_value,
    case_count::bigint as case_count,
    case
        when denominator is not null and numerator is not null
            then greatest(0, denominator - numerator)
    end as at_stake_amount,
from ahead
where hour(local_hour) = hour($now::timestamp) and local_hour::date between $first_day and $today
order by unit_key, day
