-- one shown unit (that of the customer) and local day from $first_day to $today
-- denominator: annual value (reporting currency) of the contracts, one-off sales aside, that end
-- in the day's quarter, up to the day; numerator: of those renewed as far as known at as_of
-- case_count: the contracts due; at_stake_amount: the annual value due and not renewed
-- optional: customers, org_units
with due as (
    select
        contracts.end_date,
        unit_children.child_id,
        coalesce(contracts.annual_value, 0)::double as due_amount,
        case
            when contracts.renewed_by_contract_id is not null and renewals.contract_id is null
                then due_amount
            else 0
        end as renewed_amount,
    from contracts
    left join loaded.contracts as renewals
        on
            contracts.renewed_by_contract_id = renewals.contract_id
            and renewals.known_at > getvariable('as_of')
    left join customers on contracts.customer_id = customers.customer_id
    left join unit_children on customers.org_unit_id = unit_children.org_unit_id
    where
        coalesce(contracts.contract_kind, '') <> 'sale'
),

shown as (
    select
        child_id as unit_key,
        end_date,
        due_amount,
        renewed_amount,
    from due
    where child_id is not null
    union all
    select
        coalesce(scope_unit.org_unit_id, '') as unit_key,
        due.end_date,
        due.due_amount,
        due.renewed_amount,
    from due
    cross join scope_unit
),

grid as (
    select
        unit_key,
        day,
    from shown_days($first_day, $today)
    where is_scope_unit or unit_key in (select child_id, from due)
)

select
    nullif(grid.unit_key, '') as org_unit_id,
    grid.day,
    coalesce(sum(shown.renewed_amount), 0) as numerator,
    coalesce(sum(shown.due_amount), 0) as denominator,
    null::double as reference_value,
    count(shown.end_date)::bigint as case_count,
    coalesce(sum(shown.due_amount - shown.renewed_amount), 0) as at_stake_amount,
from grid
left join shown
    on
        grid.unit_key = shown.unit_key
        and shown.end_date between date_trunc('quarter', grid.day) and grid.day
group by grid.unit_key, grid.day
order by grid.unit_key, grid.day
