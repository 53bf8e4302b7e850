-- one row: the local end of the last complete hour that any store of the scope has reported
select timezone($tz, max(hour_start)) + interval 1 hour as known_until,
from pos_hours
where is_complete
