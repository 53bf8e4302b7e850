-- one stage, in the order that the set's dictionary implies: prospecting, engaging, closed
select
    'sales' as pipeline,
    stages.*,
    stages.stage_id as name,
from (
    values
    ('Prospecting', 1, 'pipeline', false, false),
    ('Engaging', 2, 'pipeline', false, false),
    ('Won', 3, 'won', true, true),
    ('Lost', 4, 'lost', true, false)
) as stages (stage_id, stage_order, forecast_category, is_closed, is_won)
