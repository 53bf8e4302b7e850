-- one stage: the set's four pipeline steps, then won and lost, which it keeps as a status
select
    'sales' as pipeline,
    stages.*,
from (
    values
    ('1-Qualify', 1, 'Qualify', 'pipeline', false, false),
    ('2-Develop', 2, 'Develop', 'pipeline', false, false),
    ('3-Propose', 3, 'Propose', 'pipeline', false, false),
    ('4-Close', 4, 'Close', 'pipeline', false, false),
    ('Won', 5, 'Won', 'won', true, true),
    ('Lost', 6, 'Lost', 'lost', true, false)
) as stages (stage_id, stage_order, name, forecast_category, is_closed, is_won)
