-- one store of the scope on $today: numerator its net sales since midnight, denominator what was
-- expected of it by $now (local, in $tz), from its own weeks; reporting currency
-- below_since: the local hour since which each hour stayed under its expectation
-- optional: stores, org_units, reps
with hours as (
    select *,
    from store_hours_today($tz, $today, $now::timestamp, true)
),

good_hours as (
    select
        store_id,
        max(local_hour) as last_good_hour,
    from hours
    where net_sales_amount >= coalesce(expected_amount, 0)
    group by store_id
),

sums as (
    select
        hours.store_id,
        sum(hours.net_sales_amount) as numerator,
        sum(hours.expected_amount) as denominator,
        sum(hours.case_count)::bigint as case_count,
        min(hours.local_hour) filter (
            where good_hours.last_good_hour is null
            or hours.local_hour > good_hours.last_good_hour
        ) as below_since,
    from hours
    left join good_hours on hours.store_id = good_hours.store_id
    group by hours.store_id
),

managers as (
    select
        rep_id,
        arg_max(name, valid_from) as name,
    from reps
    where valid_from <= $today
    group by rep_id
)

select
    sums.store_id,
    coalesce(stores.name, sums.store_id) as name,
    stores.org_unit_id,
    sums.numerator,
    sums.denominator,
    sums.case_count,
    case
        when sums.denominator is not null then greatest(0, sums.denominator - sums.numerator)
    end as at_stake_amount,
    managers.name as manager_name,
    sums.below_since,
from sums
left join stores on sums.store_id = stores.store_id
left join managers on stores.manager_rep_id = managers.rep_id
where sums.numerator <> 0 or sums.denominator > 0
order by at_stake_amount desc nulls last, sums.store_id
