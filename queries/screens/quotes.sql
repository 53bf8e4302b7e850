-- one deal with scenarios of a quote, the largest first; amount in reporting currency
-- $profit_unit_id keeps those of one unit
-- optional: customers, products, profit_units, $profit_unit_id
select
    deals.opp_id,
    deals.name,
    deals.customer_id,
    customers.name as customer_name,
    deals.owner_rep_id,
    units.profit_unit_id,
    coalesce(deals.amount, 0)::double as amount,
    deals.rep_probability,
    deals.expected_close_date,
    deals.is_won,
    count(distinct clauses.scenario_id)::bigint as scenario_count,
from opportunities as deals
inner join contract_clauses as clauses on deals.opp_id = clauses.opp_id
inner join deal_units() as units on deals.opp_id = units.opp_id
left join known.customers as customers on deals.customer_id = customers.customer_id
where $profit_unit_id is null or units.profit_unit_id = $profit_unit_id
group by all
order by amount desc, deals.opp_id
