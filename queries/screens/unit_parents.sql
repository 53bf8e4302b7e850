-- one unit of the company with its parent, in the scope or not: what passes thresholds on
-- optional: org_units
select
    org_unit_id,
    parent_id,
from loaded.org_units
where known_at <= getvariable('as_of')
order by org_unit_id
