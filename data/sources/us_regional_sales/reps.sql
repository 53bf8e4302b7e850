-- one rep
select
    "_SalesTeamID" as rep_id,
    "Sales Team" as name,
    'rep' as role,
    "Region" as org_unit_id,
from raw.sales_team
