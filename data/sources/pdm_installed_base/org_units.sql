-- one org unit: the company that looks after the machines; the set names no others
select
    'company' as org_unit_id,
    'company' as level,
    'Installed base' as name,
    'UTC' as tz,
