-- one deal as it stands; the currency is not stated; days have no hour. The unit is the account's
-- territory. x_last_step is the step in which a closed deal was; there is no history of steps.
select
    deals."OpportunitySeq" as opp_id,
    deals."Topic" as name,
    'sales' as pipeline,
    false as is_lead,
    deals."AccountSeq" as customer_id,
    deals."SystemUserSeq" as owner_rep_id,
    accounts."Territory" as org_unit_id,
    deals."ProductSeq" as product_id,
    products."Product category" as product_line,
    case deals."Status" when 'Open' then deals."PipelineStep" else deals."Status" end as stage_id,
    case deals."Status" when 'Open' then 'pipeline' else lower(deals."Status") end
        as forecast_category,
    deals."Value" as amount,
    deals."Probability" as rep_probability,
    timezone('UTC', deals."Opportunity Created On") as created_at,
    case deals."Status" when 'Open' then deals."CloseDate" end as expected_close_date,
    case when deals."Status" <> 'Open' then timezone('UTC', deals."CloseDate") end as closed_at,
    case deals."Status" when 'Won' then true when 'Lost' then false end as is_won,
    deals."Decision Maker Identified" as decision_maker_known,
    deals."PipelineStep" as x_last_step,
    deals."Rating" as x_rating,
    deals."Probability (raw)" as x_model_probability,
    deals."Purchase Process" as x_purchase_process,
    deals."Budget" as x_budget_amount,
    deals."Discount" as x_discount_share,
    deals."CampaignSeq" as x_campaign_id,
    nullif(deals."Campaign Name", '') as x_campaign,
    campaigns."Type" as x_campaign_type,
from raw.opportunities as deals
left join raw.accounts as accounts
    on accounts."AccountSeq" = deals."AccountSeq"
left join raw.products as products
    on products."ProductSeq" = deals."ProductSeq"
left join raw.campaigns as campaigns
    on campaigns."CampaignSeq"::varchar = deals."CampaignSeq"
