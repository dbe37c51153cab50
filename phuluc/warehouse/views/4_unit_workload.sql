-- A unit's workload over the year: tasks by month of their deadline, for each unit and role.
-- A unit is its entity, else its class, else the words as written; tasks without a date stand under month NULL.
SELECT
    CAST(EXTRACT(year FROM deadlines.end_date) AS INTEGER) AS due_year,
    CAST(EXTRACT(month FROM deadlines.end_date) AS INTEGER) AS due_month,
    coalesce(units.entity_id, units.class_id, units.text) AS unit,
    min(units.canonical_name) AS unit_name,
    units.role,
    documents.province_name,
    count(DISTINCT units.task_id) AS tasks,
    count(DISTINCT units.doc_id) AS documents
FROM units
JOIN documents ON documents.doc_id = units.doc_id AND documents.status <> 'duplicate'
LEFT JOIN deadlines ON deadlines.task_id = units.task_id
GROUP BY
    EXTRACT(year FROM deadlines.end_date),
    EXTRACT(month FROM deadlines.end_date),
    coalesce(units.entity_id, units.class_id, units.text),
    units.role,
    documents.province_name
