-- one order line of numbers $first to below $last with its costs by type, by day
-- $lines, $first_day and $days spread all lines evenly over the days; $seed; customers, products
-- amounts in reporting currency; a cost type without posting: null
-- chance: 64 bits of a hash, a stretch of them for each choice
with drawn as (
    select
        range as number,
        $first_day::date + (range * $days // $lines)::integer as invoice_date,
        hash(range, $seed) as chance,
        hash(range, $seed, 7) as more,
    from range($first, $last)
),

chosen as (
    select
        number,
        invoice_date,
        floor($customers * pow((chance & 16777215) / 16777216.0, 1.6))::bigint as customer_number,
        floor($products * pow(((chance >> 24) & 65535) / 65536.0, 1.3))::bigint as product_number,
        ((chance >> 40) & 127)::bigint as of_channel,
        ((chance >> 47) & 127)::bigint as of_discount,
        ((chance >> 54) & 1023)::bigint as of_project,
        (more & 7)::bigint as of_quantity,
        ((more >> 3) & 127)::bigint as of_return,
        ((more >> 10) & 127)::bigint as of_spread,
        ((more >> 17) & 1023)::bigint as of_postings,
        ((more >> 27) & 15)::bigint as of_rep,
        ((more >> 31) & 65535)::bigint as of_other_rep,
    from drawn
),

priced as (
    select
        chosen.*,
        customers.customer_id,
        products.product_id,
        case
            when chosen.of_rep = 0 then chosen.of_other_rep % $reps else customers.rep_number
        end as rep_number,
        case
            when chosen.of_channel < 48 then 1
            when chosen.of_channel < 80 then 2
            when chosen.of_channel < 100 then 3
            else 4 + chosen.of_channel % 5
        end as channel_number,
        case when chosen.of_return = 0 then -1 else 1 end * (1 + chosen.of_quantity) as qty,
        products.list_price,
        products.std_unit_cost,
    from chosen
    inner join customers on chosen.customer_number = customers.number
    inner join products on chosen.product_number = products.number
),

billed as (
    select
        *,
        (list_price * qty)::decimal(18, 6) as list_amount,
        (list_price * qty * (of_discount % 26) / 100)::decimal(18, 2) as discount_amount,
        (case when channel_number = 2 then list_price * qty / 50 else 0 end)::decimal(18, 2)
            as rebate_amount,
        (std_unit_cost * qty * (90 + of_spread % 21) / 100)::decimal(18, 6) as cost_amount,
    from priced
)

select
    number,
    'L' || lpad(number::varchar, 9, '0') as order_line_id,
    'SO' || lpad((number // 3)::varchar, 9, '0') as order_id,
    invoice_date,
    customer_id,
    product_id,
    'CH-' || channel_number as channel_id,
    'R' || lpad(rep_number::varchar, 4, '0') as rep_id,
    'U-' || rep_number % 48 as org_unit_id,
    case when of_project < 40 then 'PRJ-' || of_project end as project_id,
    qty::double as qty,
    list_amount,
    discount_amount,
    rebate_amount,
    list_amount - discount_amount - rebate_amount as net_revenue,
    case when of_discount < 12 then 'USD' else 'CNY' end as currency,
    case when of_discount < 12 then 7.1 else 1 end::double as fx_rate,
    (cost_amount * 0.6)::decimal(18, 2) as material_amount,
    case when of_postings % 2 = 0 then (cost_amount * 0.15)::decimal(18, 2) end as labor_amount,
    (cost_amount * 0.2)::decimal(18, 2) as manufacturing_amount,
    case when of_postings % 3 = 0 then (list_amount * 0.02)::decimal(18, 2) end as freight_amount,
    case
        when of_postings % 4 = 0 then (list_amount * 0.025)::decimal(18, 2)
    end as commission_amount,
    case when of_postings % 5 = 0 then (list_amount * 0.01)::decimal(18, 2) end as warranty_amount,
from billed
