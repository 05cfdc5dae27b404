CREATE EXTERNAL TABLE IF NOT EXISTS maintenance_changes (
  run_id string,
  change bigint,
  changed_at timestamp,
  action string,
  target string,
  outcome string,
  reason string,
  evidence string,
  bytes bigint,
  error string
)
PARTITIONED BY (dt string, job string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://example-bucket/analytics/changes/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-01-01,NOW',
  'projection.job.type' = 'enum',
  'projection.job.values' = 'celery-enqueue,channel-backfill-failed,daily-uptime,ecs-run-task,http-trigger,refresh-materialized-view,ssm-run-command,video-upload-cleanup',
  'storage.location.template' = 's3://example-bucket/analytics/changes/dt=${dt}/job=${job}/'
);
