-- Tasks due in a month: one row a task, deadline and lead unit, with the month the deadline ends in and the class and
-- province of the unit. A task led by several units stands once for each; count distinct task_id.
SELECT
    CAST(date_trunc('month', deadlines.end_date) AS DATE) AS due_month,
    deadlines.end_date AS due_date,
    units.class_id AS unit_class_id,
    units.canonical_name AS unit_name,
    units.text AS unit_text,
    documents.province_name,
    documents.province_code_34,
    documents.issuer,
    documents.symbol,
    documents.source_path,
    tasks.task_id,
    tasks.doc_id,
    tasks.task,
    tasks.product,
    tasks.page
FROM tasks
JOIN deadlines ON deadlines.task_id = tasks.task_id
JOIN documents ON documents.doc_id = tasks.doc_id AND documents.status <> 'duplicate'
LEFT JOIN units ON units.task_id = tasks.task_id AND units.role = 'lead'
WHERE deadlines.end_date IS NOT NULL
