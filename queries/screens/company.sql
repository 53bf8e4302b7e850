-- one row whatever the scope: the root unit with the time zone in which the company's days run
-- with several roots id and name are null and tz is theirs where they agree; else UTC
-- optional: org_units
select
    case when count(*) = 1 then min(units.org_unit_id) end as org_unit_id,
    case when count(*) = 1 then min(units.name) end as name,
    case
        when count(distinct units.tz) = 1 and count(units.tz) = count(*) then min(units.tz)
        else 'UTC'
    end as tz,
from root_units
inner join loaded.org_units as units on root_units.org_unit_id = units.org_unit_id
