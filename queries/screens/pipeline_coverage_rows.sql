-- what adds up to the last day of pipeline_coverage of the scope's unit (reporting currency), one
-- row each: an open deal expected to close in $today's quarter (numerator its amount), the target
-- (denominator), a deal won in the quarter (denominator less its amount) and, where the target is
-- met, what was won above it, so that the denominators end at 0; row_kind says which
-- optional: customers, reps, org_units
with quarter as (
    select
        date_trunc('quarter', $today::date)::date as first_day,
        (date_trunc('quarter', $today::date) + interval 3 months)::date as next_day,
),

found as (
    select
        case when deals.closed_day is null or deals.closed_day > $today then 'open' else 'won' end
            as row_kind,
        deals.*,
    from deals($tz) as deals
    cross join quarter
    where
        deals.created_day <= $today
        and (deals.closed_day is null or deals.closed_day > $today)
        and deals.expected_close_date >= quarter.first_day
        and deals.expected_close_date < quarter.next_day
        or deals.is_won and deals.closed_day between quarter.first_day and $today
),

wanted as (
    select targets.target_amount,
    from revenue_targets($today, $today) as targets
    inner join scope_unit on targets.unit_key = coalesce(scope_unit.org_unit_id, '')
),

above as (
    select coalesce(sum(found.amount), 0) - wanted.target_amount as amount,
    from wanted
    left join found on found.row_kind = 'won'
    group by wanted.target_amount
),

names as (
    select
        rep_id,
        arg_max(name, valid_from) as name,
    from reps
    group by rep_id
),

all_rows as (
    select
        row_kind,
        opp_id,
        name,
        customer_id,
        owner_rep_id,
        stage_id,
        expected_close_date,
        case when row_kind = 'won' then closed_day end as closed_day,
        amount,
        case when row_kind = 'open' then amount else 0 end as numerator,
        case when row_kind = 'won' then -amount else 0 end as denominator,
    from found
    union all by name
    select
        'target' as row_kind,
        target_amount as amount,
        0 as numerator,
        target_amount as denominator,
    from wanted
    union all by name
    select
        'above_target' as row_kind,
        amount,
        0 as numerator,
        amount as denominator,
    from above
    where amount > 0
)

select
    rows_of.row_kind,
    rows_of.opp_id,
    rows_of.name,
    rows_of.customer_id,
    customers.name as customer_name,
    names.name as owner_name,
    rows_of.stage_id,
    rows_of.expected_close_date,
    rows_of.closed_day,
    rows_of.amount,
    rows_of.numerator::double as numerator,
    case when wanted.target_amount is not null then rows_of.denominator end::double as denominator,
from all_rows as rows_of
left join wanted on true
left join customers on rows_of.customer_id = customers.customer_id
left join names on rows_of.owner_rep_id = names.rep_id
order by rows_of.row_kind, rows_of.amount desc, rows_of.opp_id
