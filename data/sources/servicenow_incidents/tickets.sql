-- one incident, folded from its events in their order; instants have no zone and are read as UTC.
-- A report that something does not work is a complaint. The first response is the first event in
-- a state other than New; where that lies before opening (x_first_response_given_at keeps it) the
-- incident was entered late, and counts as answered at once. Status, severity and sla_met are those
-- of the last event. Closing is x_closed_at.
select
    incidents.* exclude (first_event_at),
    greatest(first_event_at, opened_at) as first_response_at,
    case when first_event_at < opened_at then 'first response before opening taken as at opening'
    end as mended_because,
    first_event_at as x_first_response_given_at,
from (
    select
        number as ticket_id,
        arg_max(caller_id, (sys_mod_count, row_number)) as customer_id,
        'complaint' as ticket_type,
        arg_max(priority, (sys_mod_count, row_number)) as severity,
        timezone('UTC', min(opened_at)) as opened_at,
        timezone('UTC', min(sys_updated_at) filter (where incident_state <> 'New'))
            as first_event_at,
        timezone('UTC', max(resolved_at)) as resolved_at,
        arg_max(assigned_to, (sys_mod_count, row_number)) as owner_rep_id,
        arg_max(incident_state, (sys_mod_count, row_number)) as status,
        arg_max(made_sla, (sys_mod_count, row_number)) as sla_met,
        max(reopen_count) as reopened_count,
        timezone('UTC', max(closed_at)) as x_closed_at,
        count(*) as x_events_count,
        max(reassignment_count) as x_reassigned_count,
        arg_max(contact_type, (sys_mod_count, row_number)) as x_contact_type,
        arg_max(category, (sys_mod_count, row_number)) as x_category,
        arg_max(location, (sys_mod_count, row_number)) as x_location,
        arg_max(assignment_group, (sys_mod_count, row_number)) as x_assignment_group,
    from raw.events
    group by number
) as incidents
