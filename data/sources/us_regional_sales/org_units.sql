-- one org unit: the company and the regions that its reps name
select
    'company' as org_unit_id,
    null as parent_id,
    'company' as level,
    'US regional sales' as name,
    'America/New_York' as tz,
union all
select distinct
    "Region" as org_unit_id,
    'company' as parent_id,
    'region' as level,
    "Region" as name,
    'America/New_York' as tz,
from raw.sales_team
