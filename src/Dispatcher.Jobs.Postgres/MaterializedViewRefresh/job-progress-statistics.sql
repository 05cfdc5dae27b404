-- The figures of a view with the columns of job_progress. %1 is the view; sums of bigint are numeric.
SELECT count(*) AS total_jobs,
       coalesce(sum(total_objects), 0) AS total_objects,
       coalesce(sum(succeeded_count), 0) AS processed_objects,
       coalesce(sum(total_findings), 0) AS total_findings,
       count(*) FILTER (WHERE queued_count > 0 OR processing_count > 0) AS active_jobs
FROM %1
