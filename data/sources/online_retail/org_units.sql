-- one org unit: the company; countries are where it sells, not units of it
select
    'company' as org_unit_id,
    'company' as level,
    'Online retail' as name,
    'Europe/London' as tz,
