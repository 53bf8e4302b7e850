-- one deal as it stands; amount in USD, null while open (0 when lost); days have no hour.
-- created_at is the day of engaging: there is none earlier, and none at all while prospecting.
-- The set keeps no history of stages, so there is no opportunity_changes.
select
    deals.opportunity_id as opp_id,
    'sales' as pipeline,
    false as is_lead,
    deals.account as customer_id,
    deals.sales_agent as owner_rep_id,
    teams.regional_office as org_unit_id,
    case deals.product when 'GTXPro' then 'GTX Pro' else deals.product end as product_id,
    case deals.product when 'GTXPro' then 'product GTXPro read as GTX Pro' end as mended_because,
    products.series as product_line,
    deals.deal_stage as stage_id,
    case deals.deal_stage when 'Won' then 'won' when 'Lost' then 'lost' else 'pipeline' end
        as forecast_category,
    deals.close_value as amount,
    deals.engage_date as created_at,
    deals.close_date as closed_at,
    case deals.deal_stage when 'Won' then true when 'Lost' then false end as is_won,
from raw.sales_pipeline as deals
left join raw.sales_teams as teams
    on teams.sales_agent = deals.sales_agent
left join raw.products as products
    on products.product = case deals.product when 'GTXPro' then 'GTX Pro' else deals.product end
