-- One row a task: its days, whether it repeats, and the first unit named as lead.
WITH days AS (
    SELECT
        task_id,
        min(coalesce(start_date, end_date)) AS first_day,
        max(end_date) AS last_day,
        count(recurrence) > 0 AS repeats
    FROM {{ source('phuluc', 'deadlines') }}
    GROUP BY task_id
),

leads AS (
    SELECT task_id, class_id, canonical_name
    FROM {{ source('phuluc', 'units') }}
    WHERE role = 'lead' AND part_index = 0
)

SELECT
    tasks.task_id,
    tasks.doc_id,
    tasks.task,
    days.first_day,
    days.last_day,
    days.repeats,
    leads.class_id AS lead_class_id,
    coalesce(leads.canonical_name, tasks.lead) AS lead_name
FROM {{ source('phuluc', 'tasks') }} AS tasks
LEFT JOIN days ON days.task_id = tasks.task_id
LEFT JOIN leads ON leads.task_id = tasks.task_id
