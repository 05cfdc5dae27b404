namespace Dispatcher.IntegrationTests.Postgres.MaterializedViewRefresh;

/// <summary>Makes the views that the tests refresh.</summary>
internal static class ViewSql
{
    /// <summary>A view over the table source(id, v), with one row, and a unique index on id.</summary>
    public const string Simple =
        """
        CREATE TABLE source (id int, v int);
        INSERT INTO source VALUES (1, 10);
        CREATE MATERIALIZED VIEW totals AS SELECT id, v FROM source;
        CREATE UNIQUE INDEX ON totals (id);
        INSERT INTO source VALUES (2, 20);
        """;

    /// <summary>A view whose query waits for as long as another session holds the advisory lock 4711.</summary>
    public const string Waiting =
        """
        CREATE TABLE source (id int, v int);
        INSERT INTO source VALUES (1, 10);
        CREATE FUNCTION wait_for_4711() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN 1; END $$;
        CREATE MATERIALIZED VIEW totals AS SELECT id, v, wait_for_4711() AS waited FROM source;
        CREATE UNIQUE INDEX ON totals (id);
        INSERT INTO source VALUES (2, 20);
        """;

    /// <summary>The table that the job keeps its refreshes in.</summary>
    public const string Log =
        """
        CREATE TABLE materialized_view_refresh_log (
            view_name text PRIMARY KEY, last_refreshed_at timestamptz, refresh_duration_ms bigint, total_jobs bigint, total_objects bigint);
        """;

    /// <summary>The tables that the example migration expects, with three jobs.</summary>
    public const string Jobs =
        """
        CREATE TABLE jobs (id bigint PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE job_objects (job_id bigint NOT NULL REFERENCES jobs (id), status text NOT NULL, findings bigint NOT NULL DEFAULT 0);
        INSERT INTO jobs (id) VALUES (1), (2), (3);
        INSERT INTO job_objects VALUES (1, 'succeeded', 3), (1, 'succeeded', 4), (1, 'failed', 0), (2, 'queued', 0), (2, 'succeeded', 1);
        """;
}
