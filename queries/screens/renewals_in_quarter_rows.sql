-- one contract of the scope, one-off sales aside, that ended from the first of $today's quarter to
-- $today; they add up to the last day of renewals_in_quarter: denominator its annual value
-- (reporting currency), numerator the same where it was renewed as far as known at as_of
-- optional: customers, org_units
select
    contracts.contract_id,
    contracts.customer_id,
    customers.name as customer_name,
    contracts.contract_kind,
    contracts.start_date,
    contracts.end_date,
    contracts.status,
    case when renewals.contract_id is null then contracts.renewed_by_contract_id end
        as renewed_by_contract_id,
    case
        when contracts.renewed_by_contract_id is not null and renewals.contract_id is null
            then coalesce(contracts.annual_value, 0)
        else 0
    end::double as numerator,
    coalesce(contracts.annual_value, 0)::double as denominator,
from contracts
left join loaded.contracts as renewals
    on
        contracts.renewed_by_contract_id = renewals.contract_id
        and renewals.known_at > getvariable('as_of')
left join customers on contracts.customer_id = customers.customer_id
where
    coalesce(contracts.contract_kind, '') <> 'sale'
    and contracts.end_date between date_trunc('quarter', $today::date) and $today
order by contracts.end_date desc, contracts.contract_id
