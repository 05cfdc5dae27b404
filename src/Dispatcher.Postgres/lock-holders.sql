-- Sessions that hold a lock which a statement on these relations waits for.
-- $1 text[]: quoted names of relations. $2 text: the key of an advisory lock. $3 boolean: whether readers are in the way too.
WITH RECURSIVE named AS (
    SELECT to_regclass(name)::oid AS oid FROM unnest($1::text[]) AS name
),
needed AS (
    SELECT oid FROM named WHERE oid IS NOT NULL
    UNION
    SELECT d.refobjid
    FROM needed
    JOIN pg_class c ON c.oid = needed.oid AND (c.relkind = 'v' OR c.oid IN (SELECT oid FROM named))
    JOIN pg_rewrite r ON r.ev_class = c.oid
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
)
SELECT l.pid, a.usename::text, a.application_name, a.state,
       to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
       l.mode, CASE WHEN l.locktype = 'relation' THEN l.relation::regclass::text END
FROM pg_locks l
LEFT JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.granted AND l.pid IS DISTINCT FROM pg_backend_pid()
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND CASE l.locktype
          WHEN 'relation' THEN
              l.relation IN (SELECT oid FROM needed)
              AND (l.mode = 'AccessExclusiveLock'
                   OR (l.relation IN (SELECT oid FROM named) AND ($3 OR l.mode <> 'AccessShareLock')))
          WHEN 'advisory' THEN
              l.objsubid = 1 AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended($2, 0)
          ELSE false
      END
ORDER BY l.mode = 'AccessExclusiveLock' DESC, l.mode <> 'AccessShareLock' DESC, a.xact_start, l.pid
LIMIT 4
