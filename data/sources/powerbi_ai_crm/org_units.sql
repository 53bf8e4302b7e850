-- one org unit: the company, the regions and the territories of its accounts
select
    'company' as org_unit_id,
    null as parent_id,
    'company' as level,
    'Power BI AI sample' as name,
    'UTC' as tz,
union all
select distinct
    "Region" as org_unit_id,
    'company' as parent_id,
    'region' as level,
    "Region" as name,
    'UTC' as tz,
from raw.accounts
union all
select distinct
    "Territory" as org_unit_id,
    "Region" as parent_id,
    'district' as level,
    "Territory" as name,
    'UTC' as tz,
from raw.accounts
