-- one complaint of the scope opened in the 7 local days (in $tz) up to $today; they add up to the
-- last day of response_h: numerator its hours to the first response, or to $now without one yet,
-- denominator 1; instants are local
-- optional: customers, org_units
select
    tickets.ticket_id,
    tickets.customer_id,
    customers.name as customer_name,
    tickets.severity,
    timezone($tz, tickets.opened_at) as opened_at,
    case
        when tickets.first_response_at <= timezone($tz, $now::timestamp)
            then timezone($tz, tickets.first_response_at)
    end as first_response_at,
    date_diff(
        'second',
        tickets.opened_at,
        least(tickets.first_response_at, timezone($tz, $now::timestamp))
    ) / 3600.0 as numerator,
    1::double as denominator,
from tickets
left join customers on tickets.customer_id = customers.customer_id
where
    tickets.ticket_type = 'complaint'
    and tickets.opened_at >= timezone($tz, $today::timestamp - interval 6 days)
    and tickets.opened_at <= timezone($tz, $now::timestamp)
order by tickets.opened_at, tickets.ticket_id
