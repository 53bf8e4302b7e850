-- one caller: who reported an incident is the service desk's customer; numbers, no names
select distinct
    caller_id as customer_id,
    'Caller ' || caller_id as name,
    'company' as org_unit_id,
from raw.events
where caller_id is not null
