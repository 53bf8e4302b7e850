-- one shown unit (that of the customer) and local day (in $tz) from $first_day to $today
-- denominator, case_count: complaints opened in the 7 days up to the day; numerator: hours from
-- opening to first response, or to the end of the day ($now on $today) where there was none by then
-- optional: customers, org_units
with complaints as (
    select
        unit_children.child_id,
        tickets.opened_at,
        tickets.first_response_at,
        timezone($tz, tickets.opened_at)::date as opened_day,
    from tickets
    left join customers on tickets.customer_id = customers.customer_id
    left join unit_children on customers.org_unit_id = unit_children.org_unit_id
    where
        tickets.ticket_type = 'complaint'
        and tickets.opened_at <= timezone($tz, $now::timestamp)
),

shown as (
    select
        child_id as unit_key,
        opened_at,
        first_response_at,
        opened_day,
    from complaints
    where child_id is not null
    union all
    select
        coalesce(scope_unit.org_unit_id, '') as unit_key,
        complaints.opened_at,
        complaints.first_response_at,
        complaints.opened_day,
    from complaints
    cross join scope_unit
),

grid as (
    select
        unit_key,
        day,
        least(timezone($tz, (day + 1)::timestamp), timezone($tz, $now::timestamp)) as ends_at,
    from shown_days($first_day, $today)
    where is_scope_unit or unit_key in (select child_id, from complaints)
)

select
    nullif(grid.unit_key, '') as org_unit_id,
    grid.day,
    coalesce(
        sum(date_diff('second', shown.opened_at, least(shown.first_response_at, grid.ends_at))), 0
    ) / 3600.0 as numerator,
    count(shown.opened_at)::double as denominator,
    null::double as reference_value,
    count(shown.opened_at)::bigint as case_count,
    null::double as at_stake_amount,
from grid
left join shown
    on
        grid.unit_key = shown.unit_key
        and shown.opened_day between grid.day - 6 and grid.day
group by grid.unit_key, grid.day
order by grid.unit_key, grid.day
