-- one clause or option of one scenario of a quote; amounts in reporting currency, null
-- where the source gives none
-- of a quote its deal is seen, of a signed contract the contract, with the deal it came from
-- $profit_unit_id, $opp_id and $contract_id each keep what matches them
-- optional: opportunities, contracts, customers, products, profit_units
-- optional: $profit_unit_id, $opp_id, $contract_id
select
    deals.opp_id,
    clauses.contract_id,
    clauses.scenario_id,
    clauses.clause_id,
    clauses.clause_type,
    clauses.product_id,
    versions.name as product_name,
    coalesce(clauses.is_selected, false) as is_selected,
    clauses.delta_price::double as delta_price,
    clauses.delta_cost::double as delta_cost,
    clauses.delta_lead_days::double as delta_lead_days,
    clauses.penalty_per_day::double as penalty_per_day,
    deals.name as opp_name,
    customers.customer_id,
    customers.name as customer_name,
    deals.owner_rep_id,
    deals.rep_probability,
    deals.amount::double as opp_amount,
    coalesce(versions.product_line, deals.product_line, '') as product_line,
    coalesce(units.profit_unit_id, '') as profit_unit_id,
from known.contract_clauses as clauses
left join contracts on clauses.contract_id = contracts.contract_id
left join opportunities as deals on coalesce(clauses.opp_id, contracts.opp_id) = deals.opp_id
left join deal_units() as units on deals.opp_id = units.opp_id
left join known.customers as customers
    on coalesce(deals.customer_id, contracts.customer_id) = customers.customer_id
left join known.product_versions as versions
    on
        clauses.product_id = versions.product_id
        and getvariable('as_of')::date >= versions.first_day
        and getvariable('as_of')::date < versions.next_day
where
    (deals.opp_id is not null or contracts.contract_id is not null)
    and ($profit_unit_id is null or units.profit_unit_id = $profit_unit_id)
    and ($opp_id is null or deals.opp_id = $opp_id)
    and ($contract_id is null or clauses.contract_id = $contract_id)
order by deals.opp_id, clauses.contract_id, clauses.scenario_id, clauses.clause_id
