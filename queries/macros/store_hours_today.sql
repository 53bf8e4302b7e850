-- one store of the scope and local hour of today that counts for its sales since open: not after
-- clock_time (local, in zone) nor after the last hour that any store has reported
-- expected_amount: mean of the same hours over up to 8 weeks before, a running hour by the share
-- of it that is over; case_count: tickets of those weeks; amounts in reporting
-- currency
-- is_own_span: weeks before the store's own first day do not count, else those before the scope's:
-- so that the stores of a unit add up to what macro expected_hours says of the unit
-- macro: zone, today, clock_time, is_own_span
with weeks as (
    select
        range as week,
        today::timestamp - to_days(7 * range::integer) as day_start,
    from range(0, 9)
),

instants as (
    select
        week,
        day_start,
        timezone(
            zone,
            unnest(
                generate_series(
                    timezone(zone, day_start),
                    timezone(zone, day_start + interval 1 day) - interval 1 hour,
                    interval 1 hour
                )
            )
        ) as local_instant,
    from weeks
),

slots as (
    select
        week,
        date_trunc('hour', local_instant) as local_hour,
        hour(local_instant) as clock_hour,
        any_value(day_start) as day_start,
        count(*) as occurrence_count,
    from instants
    group by week, local_hour, clock_hour
),

reported as (
    select
        store_id,
        min(hour_start) as first_at,
    from store_hours
    group by store_id
),

scope_span as (
    select min(first_at) as first_at,
    from reported
),

feed as (
    select max(hour_start) as last_at,
    from loaded.store_hours
    where known_at <= getvariable('as_of')
),

spans as (
    select
        reported.store_id,
        case when is_own_span then reported.first_at else scope_span.first_at end as first_at,
        feed.last_at,
    from reported
    cross join scope_span
    cross join feed
),

now_slots as (
    select
        clock_hour,
        local_hour,
        occurrence_count,
        least(1, date_diff('second', local_hour, clock_time::timestamp) / 3600.0) as elapsed_share,
    from slots
    where week = 0 and local_hour <= clock_time
),

sales as (
    select
        store_id,
        date_trunc('hour', timezone(zone, hour_start)) as local_hour,
        sum(net_sales_amount) as net_sales_amount,
        sum(case_count) as case_count,
    from store_hours
    where
        hour_start >= timezone(zone, today::timestamp - interval 56 days)
        and dayofweek(timezone(zone, hour_start)) = dayofweek(today)
    group by store_id, local_hour
),

filled as (
    select
        spans.store_id,
        slots.week,
        now_slots.local_hour,
        now_slots.occurrence_count * now_slots.elapsed_share as expected_factor,
        coalesce(sales.net_sales_amount, 0) as net_sales_amount,
        coalesce(sales.net_sales_amount, 0) / slots.occurrence_count as hourly_amount,
        sales.case_count,
    from spans
    inner join now_slots on timezone(zone, spans.last_at) >= now_slots.local_hour
    inner join slots on now_slots.clock_hour = slots.clock_hour
    left join sales on spans.store_id = sales.store_id and slots.local_hour = sales.local_hour
    where
        slots.week = 0
        or slots.local_hour >= date_trunc('day', timezone(zone, spans.first_at))
)

select
    store_id,
    local_hour,
    sum(net_sales_amount) filter (where week = 0) as net_sales_amount,
    avg(hourly_amount) filter (where week > 0) * any_value(expected_factor) as expected_amount,
    coalesce(sum(case_count) filter (where week > 0), 0)::bigint as case_count,
from filled
group by store_id, local_hour
