-- one service case. Opening is known by the day only (it stands at 00:00), the durations from it
-- by the minute. Whether it was escalated is known, when is not: x_is_escalated, no escalated_at.
select
    "CaseSeq" as ticket_id,
    "AccountSeq" as customer_id,
    'service' as ticket_type,
    case "Severity" when 'High' then 1 when 'Normal' then 2 when 'Low' then 3 end as severity,
    timezone('UTC', "Case Created On") as opened_at,
    opened_at + to_minutes("Minutes to First Contact") as first_response_at,
    case "Status" when 'Closed' then opened_at + to_minutes("Resolution Minutes") end
        as resolved_at,
    "SystemUserSeq" as owner_rep_id,
    "Status" as status,
    not "Is SLA Violation" as sla_met,
    "Is Escalated" as x_is_escalated,
    "Origin" as x_origin,
    "Subject" as x_subject,
    "ProductSeq" as x_product_id,
    "CSAT" as x_csat,
    "Activities" as x_activities_count,
from raw.cases
