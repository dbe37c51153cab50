-- Tasks whose last deadline has passed today and whose status, where the table has one, does not begin with a word for
-- "done" (hoàn thành, đã …, xong), or takes it back ("Đã triển khai, chưa hoàn thành", "Đã quá hạn", "Hoàn thành một
-- phần"); days_over counts from the last day. status_known: false where the table has no status, so nobody can tell.
SELECT
    due.last_date AS due_date,
    CURRENT_DATE - due.last_date AS days_over,
    tasks.status IS NOT NULL AS status_known,
    tasks.status,
    tasks.lead,
    documents.province_name,
    documents.issuer,
    documents.symbol,
    documents.source_path,
    tasks.task_id,
    tasks.doc_id,
    tasks.task,
    tasks.page
FROM tasks
JOIN (
    SELECT task_id, max(end_date) AS last_date
    FROM deadlines
    GROUP BY task_id
    -- A task with a part that repeats or has no date is never wholly past.
    HAVING count(*) = count(end_date) AND count(recurrence) = 0
) AS due ON due.task_id = tasks.task_id
JOIN documents ON documents.doc_id = tasks.doc_id AND documents.status <> 'duplicate'
WHERE due.last_date < CURRENT_DATE
  AND NOT ((
      coalesce(tasks.status, '') LIKE 'hoàn thành%'
      OR coalesce(tasks.status, '') LIKE 'Hoàn thành%'
      OR coalesce(tasks.status, '') LIKE 'HOÀN THÀNH%'
      OR coalesce(tasks.status, '') LIKE 'đã %'
      OR coalesce(tasks.status, '') LIKE 'Đã %'
      OR coalesce(tasks.status, '') LIKE 'ĐÃ %'
      OR coalesce(tasks.status, '') LIKE 'xong%'
      OR coalesce(tasks.status, '') LIKE 'Xong%'
      OR coalesce(tasks.status, '') LIKE 'XONG%'
  ) AND NOT (
      tasks.status LIKE '%chưa%'
      OR tasks.status LIKE '%Chưa%'
      OR tasks.status LIKE '%CHƯA%'
      OR tasks.status LIKE '%một phần%'
      OR tasks.status LIKE '%MỘT PHẦN%'
      OR tasks.status LIKE 'đã quá hạn%'
      OR tasks.status LIKE 'Đã quá hạn%'
      OR tasks.status LIKE 'ĐÃ QUÁ HẠN%'
  ))
