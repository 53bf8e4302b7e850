-- one project
select distinct
    "ProjectCode" as profit_unit_id,
    'project' as unit_type,
    "ProjectCode" as name,
    "ProjectCode" as match_value,
from raw.tasks
