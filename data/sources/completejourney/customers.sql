-- one household; segment is its income band where it is known
select
    households.household_id as customer_id,
    'Household ' || households.household_id as name,
    demographics.income as segment,
    'company' as org_unit_id,
from (select distinct household_id, from raw.transactions) as households
left join raw.demographics as demographics
    on demographics.household_id = households.household_id
