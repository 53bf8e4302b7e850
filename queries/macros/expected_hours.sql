-- one local hour of one shown unit (the scope's unit, key '' where it has none, and each direct
-- child) from first_hour to last_hour (local, exclusive) in zone; amounts in reporting currency
-- net_sales_amount: null before the unit's first day and after the last hour that any store has
-- reported, in the scope or not: one clock for all units
-- expected_amount, spread_amount: mean and standard deviation of the same hour of the week over up
-- to 8 weeks before; an hour without a row counts as 0, a week outside the data does not count
-- week_count, case_count: the weeks and their tickets; occurrence_count: 0 or 2 where clocks change
-- only_store: null, or the one store whose hours count, in the row of the scope's unit
-- macro: zone, first_hour, last_hour, only_store
with instants as (
    select
        unnest(
            generate_series(
                timezone(zone, first_hour - interval 56 days),
                timezone(zone, last_hour) - interval 1 hour,
                interval 1 hour
            )
        ) as instant,
),

occurrences as (
    select
        date_trunc('hour', timezone(zone, instant)) as local_hour,
        count(*) as occurrence_count,
    from instants
    group by local_hour
),

clock as (
    select
        unnest(
            generate_series(
                first_hour - interval 56 days, last_hour - interval 1 hour, interval 1 hour
            )
        ) as local_hour,
),

feed as (
    select max(hour_start) as last_at,
    from loaded.store_hours
    where known_at <= getvariable('as_of')
),

reported as (
    select
        unit_children.child_id,
        min(hours.hour_start) as first_at,
    from store_hours as hours
    left join unit_children on hours.org_unit_id = unit_children.org_unit_id
    where only_store is null or hours.store_id = only_store
    group by unit_children.child_id
),

firsts as (
    select
        coalesce(scope_unit.org_unit_id, '') as unit_key,
        (select min(first_at) as first_at, from reported) as first_at,
    from scope_unit
    union all
    select
        child_id as unit_key,
        first_at,
    from reported
    where child_id is not null
),

units as (
    select
        firsts.unit_key,
        date_trunc('day', timezone(zone, firsts.first_at)) as first_day_reported,
        timezone(zone, feed.last_at) as last_reported,
    from firsts
    cross join feed
),

sums as (
    select
        unit_children.child_id,
        hours.hour_start,
        sum(hours.net_sales_amount) as net_sales_amount,
        sum(hours.case_count) as case_count,
        bool_and(hours.is_complete) as is_complete,
    from store_hours as hours
    left join unit_children on hours.org_unit_id = unit_children.org_unit_id
    where
        hours.hour_start >= timezone(zone, first_hour - interval 56 days)
        and hours.hour_start < timezone(zone, last_hour)
        and (only_store is null or hours.store_id = only_store)
    group by unit_children.child_id, hours.hour_start
),

shown as (
    select
        child_id as unit_key,
        * exclude (child_id),
    from sums
    where child_id is not null
    union all
    select
        coalesce(scope_unit.org_unit_id, '') as unit_key,
        sums.* exclude (child_id),
    from sums
    cross join scope_unit
),

known as (
    select
        unit_key,
        date_trunc('hour', timezone(zone, hour_start)) as local_hour,
        sum(net_sales_amount) as net_sales_amount,
        sum(case_count) as case_count,
        bool_and(is_complete) as is_complete,
    from shown
    group by unit_key, local_hour
),

filled as (
    select
        units.unit_key,
        clock.local_hour,
        coalesce(occurrences.occurrence_count, 0) as occurrence_count,
        coalesce(known.is_complete, true) as is_complete,
        case
            when
                clock.local_hour >= units.first_day_reported
                and clock.local_hour <= units.last_reported
                and occurrences.occurrence_count > 0
                then coalesce(known.net_sales_amount, 0)
        end as net_sales_amount,
        coalesce(known.case_count, 0) as hour_case_count,
    from units
    cross join clock
    left join occurrences on clock.local_hour = occurrences.local_hour
    left join known on units.unit_key = known.unit_key and clock.local_hour = known.local_hour
),

expected as (
    select
        * exclude (hour_case_count),
        avg(net_sales_amount / occurrence_count) over weeks * occurrence_count as expected_amount,
        stddev_samp(net_sales_amount / occurrence_count) over weeks
        * occurrence_count as spread_amount,
        count(net_sales_amount) over weeks as week_count,
        coalesce(sum(hour_case_count) over weeks, 0)::bigint as case_count,
    from filled
    window weeks as (
        partition by unit_key, dayofweek(local_hour), hour(local_hour)
        order by local_hour
        rows between 8 preceding and 1 preceding
    )
)

select *,
from expected
where local_hour >= first_hour
