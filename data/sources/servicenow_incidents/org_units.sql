-- one org unit: the company; the set names no others
select
    'company' as org_unit_id,
    'company' as level,
    'Service desk' as name,
    'UTC' as tz,
