-- one shown unit and local day (in $tz) from $first_day to $today; amounts in reporting currency
-- numerator: amount of the deals (no leads) open at the end of the day and expected to close in
-- the day's quarter, at today's amounts and dates; denominator: target revenue of the quarter less
-- what was won in it up to the day, 0 where the target is met, null where there is no target
-- case_count: the open deals; at_stake_amount: the part of the denominator that stays uncovered if
-- a third of the open amount is won, as the limit of 3.0 assumes
-- optional: org_units
with facts as (
    select
        unit_children.child_id,
        deals.*,
    from deals($tz) as deals
    left join unit_children on deals.org_unit_id = unit_children.org_unit_id
),

shown as (
    select
        child_id as unit_key,
        * exclude (child_id),
    from facts
    where child_id is not null
    union all
    select
        coalesce(scope_unit.org_unit_id, '') as unit_key,
        facts.* exclude (child_id),
    from facts
    cross join scope_unit
),

grid as (
    select
        unit_key,
        day,
        date_trunc('quarter', day)::date as quarter_start,
        (date_trunc('quarter', day) + interval 3 months)::date as next_quarter_start,
    from shown_days($first_day, $today)
    where is_scope_unit or unit_key in (select child_id, from facts)
),

open_days as (
    select
        grid.unit_key,
        grid.day,
        sum(shown.amount) as open_amount,
        count(*) as case_count,
    from grid
    inner join shown
        on
            grid.unit_key = shown.unit_key
            and shown.created_day <= grid.day
            and (shown.closed_day is null or shown.closed_day > grid.day)
            and shown.expected_close_date >= grid.quarter_start
            and shown.expected_close_date < grid.next_quarter_start
    group by grid.unit_key, grid.day
),

won_days as (
    select
        grid.unit_key,
        grid.day,
        sum(shown.amount) as won_amount,
    from grid
    inner join shown
        on
            grid.unit_key = shown.unit_key
            and shown.is_won
            and shown.closed_day between grid.quarter_start and grid.day
    group by grid.unit_key, grid.day
),

sums as (
    select
        grid.unit_key,
        grid.day,
        coalesce(open_days.open_amount, 0) as open_amount,
        coalesce(open_days.case_count, 0) as case_count,
        wanted.target_amount - coalesce(won_days.won_amount, 0) as gap_amount,
    from grid
    left join open_days on grid.unit_key = open_days.unit_key and grid.day = open_days.day
    left join won_days on grid.unit_key = won_days.unit_key and grid.day = won_days.day
    left join revenue_targets($first_day, $today) as wanted
        on grid.unit_key = wanted.unit_key and grid.quarter_start = wanted.quarter_start
)

select
    nullif(unit_key, '') as org_unit_id,
    day,
    open_amount as numerator,
    case when gap_amount is not null then greatest(0, gap_amount) end as denominator,
    null::double as reference_value,
    case_count::bigint as case_count,
    case when gap_amount is not null then greatest(0, gap_amount - open_amount / 3) end
        as at_stake_amount,
from sums
order by unit_key, day
