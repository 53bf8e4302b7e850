-- one failure of one component; the customer is not known. It is resolved when the same component
-- was replaced in the same hour; where no such replacement is recorded, resolved_at and status stay
-- null. Planned maintenance is nobody's ticket and stays out.
select
    'service' as ticket_type,
    1 as severity,
    failures.datetime as opened_at,
    replacements.datetime as resolved_at,
    case when replacements.datetime is not null then 'Replaced' end as status,
    failures."machineID" as x_asset_id,
    machines.model as x_product_id,
    failures.failure as x_component,
from raw.failures as failures
left join raw.machines as machines
    on machines."machineID" = failures."machineID"
left join raw.maintenance as replacements
    on
        replacements."machineID" = failures."machineID"
        and replacements.comp = failures.failure
        and replacements.datetime = failures.datetime
