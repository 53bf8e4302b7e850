-- one account; its unit is its territory
select
    "AccountSeq" as customer_id,
    "Account Name" as name,
    nullif("Industry", 'n/a') as industry,
    "Territory" as org_unit_id,
    "AccountOwnerSeq" as owner_rep_id,
    "Latitude" as lat,
    "Longitude" as lon,
    "Country" as x_country,
    "Annual Revenue" as x_annual_revenue,
    "Number of Employees" as x_employees_count,
from raw.accounts
