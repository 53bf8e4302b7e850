-- one person to whom incidents were assigned; the set has numbers, no names
select distinct
    assigned_to as rep_id,
    'Agent ' || assigned_to as name,
    'company' as org_unit_id,
from raw.events
where assigned_to is not null
