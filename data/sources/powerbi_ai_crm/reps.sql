-- one owner; the manager is given as "Low, Spencer" and is an owner too, perhaps their own
with managers as (
    select
        "SystemUserSeq" as rep_id,
        regexp_replace("Sales owner", '^(.+) (.+)$', '\2, \1') as last_name_first,
    from raw.owners
)

select
    owners."SystemUserSeq" as rep_id,
    owners."Sales owner" as name,
    case when owners."SystemUserSeq" = managers.rep_id then 'manager' else 'rep' end as role,
    'company' as org_unit_id,
    nullif(managers.rep_id, owners."SystemUserSeq") as manager_id,
from raw.owners as owners
left join managers
    on managers.last_name_first = owners."Manager"
