-- one org unit: the company; the set names no regions
select
    'company' as org_unit_id,
    'company' as level,
    'Complete Journey' as name,
    'America/New_York' as tz,
