-- job_progress: one row per scan job, computed from the objects of the job, and refreshed by the job refresh-materialized-view.
-- Expects the tables jobs(id, created_at) and job_objects(job_id, status, findings). Can be applied again at any time.

-- Counting the objects of a job by their status reads this index alone.
CREATE INDEX CONCURRENTLY IF NOT EXISTS job_objects_job_id_status_idx ON job_objects (job_id, status) INCLUDE (findings);

CREATE MATERIALIZED VIEW IF NOT EXISTS job_progress AS
SELECT j.id AS job_id,
       j.created_at,
       count(o.job_id) AS total_objects,
       count(*) FILTER (WHERE o.status = 'queued') AS queued_count,
       count(*) FILTER (WHERE o.status = 'processing') AS processing_count,
       count(*) FILTER (WHERE o.status = 'succeeded') AS succeeded_count,
       count(*) FILTER (WHERE o.status = 'failed') AS failed_count,
       coalesce(sum(o.findings), 0) AS total_findings
FROM jobs j
LEFT JOIN job_objects o ON o.job_id = j.id
GROUP BY j.id, j.created_at;

-- REFRESH … CONCURRENTLY needs a unique index on columns alone, over all rows.
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS job_progress_job_id_key ON job_progress (job_id);

CREATE OR REPLACE VIEW active_jobs AS
SELECT * FROM job_progress WHERE queued_count > 0 OR processing_count > 0;

-- Where this table exists, each refresh leaves its time, its duration and the figures of job_progress.
CREATE TABLE IF NOT EXISTS materialized_view_refresh_log (
    view_name text PRIMARY KEY,
    last_refreshed_at timestamptz NOT NULL,
    refresh_duration_ms bigint NOT NULL,
    total_jobs bigint,
    total_objects bigint
);

-- The first refresh, for a view that an earlier migration created WITH NO DATA.
REFRESH MATERIALIZED VIEW job_progress;
