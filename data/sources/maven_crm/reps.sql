-- one sales agent or manager; the set has names and no numbers, so the name is the key
select
    sales_agent as rep_id,
    sales_agent as name,
    'rep' as role,
    regional_office as org_unit_id,
    manager as manager_id,
from raw.sales_teams
union all
select distinct
    manager as rep_id,
    manager as name,
    'manager' as role,
    regional_office as org_unit_id,
    null as manager_id,
from raw.sales_teams
