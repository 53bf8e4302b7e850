-- one local hour of the scope from $first (local, inclusive) to $last (exclusive), in $tz
-- net_sales_amount: null until known; expected_amount and spread_amount: mean and standard
-- deviation of the same hour of the week over up to 8 weeks before; week_count: how many
with totals as (
    select
        timezone($tz, hour_start) as local_hour,
        sum(net_sales)::double as net_sales_amount,
    from pos_hours
    where is_complete
    group by local_hour
),

hours as (
    select unnest(generate_series($first, $last - interval 1 hour, interval 1 hour)) as local_hour,
),

pasts as (
    select
        hours.local_hour,
        hours.local_hour - to_days(7 * weeks.range::integer) as past_hour,
    from hours
    cross join range(1, 9) as weeks
),

expected as (
    select
        pasts.local_hour,
        avg(coalesce(totals.net_sales_amount, 0)) as expected_amount,
        stddev_samp(coalesce(totals.net_sales_amount, 0)) as spread_amount,
        count(*) as week_count,
    from pasts
    left join totals on pasts.past_hour = totals.local_hour
    where
        pasts.past_hour >= (select date_trunc('day', min(local_hour)) as first_day, from totals)
        and pasts.past_hour < $known_until
    group by pasts.local_hour
)

select
    hours.local_hour,
    case
        when hours.local_hour < $known_until then coalesce(totals.net_sales_amount, 0)
    end as net_sales_amount,
    expected.expected_amount,
    expected.spread_amount,
    coalesce(expected.week_count, 0)::bigint as week_count,
from hours
left join totals on hours.local_hour = totals.local_hour
left join expected on hours.local_hour = expected.local_hour
order by hours.local_hour
