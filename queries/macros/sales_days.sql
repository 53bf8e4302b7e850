-- one shown unit (key '' where the scope has none) and local day from first_day to today, in zone
-- numerator: net sales of the hours from midnight to clock_time (local); on days before today the
-- hours that were over at that clock, today also the running hour as far as reported
-- denominator: what was expected of those hours (macro expected_hours), the running hour by the
-- share of it that is over, as if sales ran evenly within it; hours not yet reported do not count
-- only_store: null, or the one store that counts, in the row of the scope's unit
-- macro: zone, first_day, today, clock_time, only_store
with hours as (
    select *,
    from expected_hours(zone, first_day::timestamp, (today + 1)::timestamp, only_store)
),

spans as (
    select distinct
        unit_key,
        local_hour::date as day,
    from hours
),

counted as (
    select
        unit_key,
        local_hour::date as day,
        local_hour < today and hour(local_hour) < hour(clock_time::timestamp)
        or local_hour >= today and local_hour <= clock_time as is_counted,
        net_sales_amount,
        least(1, date_diff('second', local_hour, clock_time::timestamp) / 3600.0) as elapsed_share,
        expected_amount,
        case_count,
    from hours
    where net_sales_amount is not null
),

days as (
    select
        unit_key,
        day,
        sum(net_sales_amount) filter (where is_counted) as numerator,
        sum(expected_amount * elapsed_share) filter (where is_counted) as denominator,
        coalesce(sum(case_count) filter (where is_counted), 0)::bigint as case_count,
    from counted
    group by unit_key, day
)

select
    spans.unit_key,
    spans.day,
    days.numerator,
    days.denominator,
    coalesce(days.case_count, 0)::bigint as case_count,
    case
        when days.denominator is not null then greatest(0, days.denominator - days.numerator)
    end as at_stake_amount,
from spans
left join days on spans.unit_key = days.unit_key and spans.day = days.day
