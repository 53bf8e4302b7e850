-- one org unit: the company and its regional offices; each has two managers, so none is named
select
    'company' as org_unit_id,
    null as parent_id,
    'company' as level,
    'Maven CRM' as name,
    'UTC' as tz,
union all
select distinct
    regional_office as org_unit_id,
    'company' as parent_id,
    'region' as level,
    regional_office as name,
    'UTC' as tz,
from raw.sales_teams
