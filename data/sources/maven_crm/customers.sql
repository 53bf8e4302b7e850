-- one account; x_revenue_musd in million USD
select
    account as customer_id,
    account as name,
    case sector when 'technolgy' then 'technology' else sector end as industry,
    case sector when 'technolgy' then 'sector technolgy read as technology' end as mended_because,
    'company' as org_unit_id,
    office_location as x_country,
    nullif(subsidiary_of, '') as x_subsidiary_of,
    number(revenue) as x_revenue_musd,
    number(employees)::bigint as x_employees_count,
    number(year_established)::bigint as x_established_year,
from raw.accounts
