-- Tasks by quarter of their last day, issuer and class of the lead.
SELECT
    date_trunc('quarter', task_deadlines.last_day) AS quarter,
    documents.issuer,
    documents.province_name,
    task_deadlines.lead_class_id,
    count(*) AS tasks
FROM {{ ref('task_deadlines') }} AS task_deadlines
JOIN {{ source('phuluc', 'documents') }} AS documents
    ON documents.doc_id = task_deadlines.doc_id AND documents.status <> 'duplicate'
WHERE task_deadlines.last_day IS NOT NULL
GROUP BY ALL
