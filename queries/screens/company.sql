-- one row: the unit at the root, with the time zone in which its days run
select
    org_unit_id,
    name,
    tz,
from org_units
where level = 'company'
order by org_unit_id
limit 1
