-- Tasks that name no lead or no deadline: what somebody must ask back.
SELECT
    CASE WHEN tasks.lead IS NULL AND tasks.deadline IS NULL THEN 'lead, deadline'
         WHEN tasks.lead IS NULL THEN 'lead'
         ELSE 'deadline' END AS lacks,
    documents.province_name,
    documents.issuer,
    documents.symbol,
    documents.source_path,
    tasks.task_id,
    tasks.doc_id,
    tasks.stt,
    tasks.task,
    tasks.lead,
    tasks.deadline,
    tasks.page
FROM tasks
JOIN documents ON documents.doc_id = tasks.doc_id AND documents.status <> 'duplicate'
WHERE tasks.lead IS NULL OR tasks.deadline IS NULL
