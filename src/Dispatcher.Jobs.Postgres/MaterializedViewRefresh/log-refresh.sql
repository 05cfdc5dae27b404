-- Keeps a view's last refresh. %1 is the log table. $1 text: the view. $2 bigint: milliseconds. $3, $4 bigint: figures of job_progress, or NULL.
INSERT INTO %1 AS log (view_name, last_refreshed_at, refresh_duration_ms, total_jobs, total_objects)
VALUES ($1, now(), $2, $3, $4)
ON CONFLICT (view_name) DO UPDATE
SET last_refreshed_at = excluded.last_refreshed_at, refresh_duration_ms = excluded.refresh_duration_ms,
    total_jobs = excluded.total_jobs, total_objects = excluded.total_objects
