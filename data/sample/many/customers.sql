-- one customer; number 0 buys most; $customers, $reps: how many; $seed
-- org_number, rep_number: whose customer it is
select
    range as number,
    'C' || lpad(range::varchar, 6, '0') as customer_id,
    'Customer ' || range as name,
    hash(range, $seed) % $reps as rep_number,
    'CLUSTER-' || hash(range, $seed, 1) % 12 as customer_cluster,
    ['small', 'middle', 'large'][1 + (hash(range, $seed, 2) % 3)::bigint] as segment,
from range($customers)
