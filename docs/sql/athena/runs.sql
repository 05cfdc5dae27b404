CREATE EXTERNAL TABLE IF NOT EXISTS maintenance_runs (
  run_id string,
  task string,
  slot string,
  status string,
  dry_run boolean,
  started_at timestamp,
  ended_at timestamp,
  duration_ms bigint,
  attempts bigint,
  memory_mb bigint,
  gb_seconds double,
  changes_proposed bigint,
  changes_applied bigint,
  changes_failed bigint,
  bytes_freed bigint,
  item_errors bigint,
  summary string,
  first_error string,
  counts map<string,bigint>,
  parameters map<string,string>,
  is_total boolean
)
PARTITIONED BY (dt string, job string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://example-bucket/analytics/runs/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.job.type' = 'enum',
  'projection.job.values' = 'celery-enqueue,channel-backfill-failed,daily-uptime,ecs-run-task,http-trigger,refresh-materialized-view,ssm-run-command,video-upload-cleanup',
  'storage.location.template' = 's3://example-bucket/analytics/runs/dt=${dt}/job=${job}/'
);
