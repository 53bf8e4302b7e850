-- one posting of hours: the actual ones of one developer on one task (that is what a raw row is),
-- and the estimate of one task, which each of its rows repeats. There are no rates, so no amount.
-- An actual posting stands on the day the task was completed, else started, else estimated;
-- x_day_of says which.
with days as (
    select distinct * exclude (row_number),
    from raw.dates
),

tasks as (
    select
        tasks.*,
        days."EstimateOn" as estimated_on,
        coalesce(days."CompletedOn", days."StartedOn", days."EstimateOn") as worked_on,
        case
            when days."CompletedOn" is not null then 'completion'
            when days."StartedOn" is not null then 'start'
            else 'estimate'
        end as worked_day,
        row_number() over (partition by tasks."TaskNumber" order by tasks.row_number) as part,
    from raw.tasks as tasks
    left join days
        on days."TaskNumber" = tasks."TaskNumber"
)

select
    "TaskNumber" || '/actual/' || "DeveloperID" as cost_item_id,
    worked_on as posted_at,
    "ProjectCode" as project_id,
    "ProjectCode" as profit_unit_id,
    'labor' as cost_type,
    "DeveloperHoursActual" as quantity,
    'h' as quantity_uom,
    true as is_variable,
    false as is_estimate,
    worked_day as x_day_of,
    "TaskNumber" as x_task_id,
    "Summary" as x_summary,
    "StatusCode" as x_status,
    "Category" as x_category,
    "SubCategory" as x_subcategory,
    "DeveloperID" as x_developer_id,
from tasks
union all
select
    "TaskNumber" || '/estimate' as cost_item_id,
    estimated_on as posted_at,
    "ProjectCode" as project_id,
    "ProjectCode" as profit_unit_id,
    'labor' as cost_type,
    "HoursEstimate" as quantity,
    'h' as quantity_uom,
    true as is_variable,
    true as is_estimate,
    'estimate' as x_day_of,
    "TaskNumber" as x_task_id,
    "Summary" as x_summary,
    "StatusCode" as x_status,
    "Category" as x_category,
    "SubCategory" as x_subcategory,
    null as x_developer_id,
from tasks
where part = 1
