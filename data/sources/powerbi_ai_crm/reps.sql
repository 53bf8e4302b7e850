-- one owner; the manager is given as "Low, Spencer" and is an owner too, perhaps their own
select
    owners."SystemUserSeq" as rep_id,
    owners."Sales owner" as name,
    case when owners."SystemUserSeq" = managers."SystemUserSeq" then 'manager' else 'rep' end
        as role,
    'company' as org_unit_id,
    nullif(managers."SystemUserSeq", owners."SystemUserSeq") as manager_id,
from raw.owners as owners
left join raw.owners as managers
    on owners."Manager" = regexp_replace(managers."Sales owner", '^(.+) (.+)$', '\2, \1')
