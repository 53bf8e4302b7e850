-- one store of the scope today, in complete hours before $known_until (local, in $tz)
-- net_sales_amount and expected_amount: the mean of the same hours over up to 8 weeks before
with totals as (
    select
        store_id,
        timezone($tz, hour_start) as local_hour,
        net_sales::double as net_sales_amount,
        tickets,
    from pos_hours
    where is_complete
),

days as (
    select
        $first - to_days(7 * range::integer) as day_start,
        $known_until - to_days(7 * range::integer) as day_end,
        range as week,
    from range(0, 9)
),

sums as (
    select
        totals.store_id,
        sum(totals.net_sales_amount) filter (where days.week = 0) as net_sales_amount,
        sum(totals.net_sales_amount) filter (where days.week > 0) / 8 as expected_amount,
        sum(totals.tickets) filter (where days.week > 0) as ticket_count,
    from totals
    inner join days
        on totals.local_hour >= days.day_start and totals.local_hour < days.day_end
    group by totals.store_id
)

select
    stores.store_id,
    stores.name,
    coalesce(sums.net_sales_amount, 0) as net_sales_amount,
    sums.expected_amount,
    coalesce(sums.ticket_count, 0)::bigint as ticket_count,
from stores
inner join sums on stores.store_id = sums.store_id
where sums.expected_amount > 0
order by sums.expected_amount desc, stores.store_id
