-- Which materialized view selects from which, directly or through plain views and SQL functions whose bodies the server has parsed.
WITH RECURSIVE edges AS (
    SELECT 'pg_class'::regclass::oid AS class, c.oid AS object, c.relkind = 'm' AS is_materialized, d.refclassid, d.refobjid
    FROM pg_rewrite r
    JOIN pg_class c ON c.oid = r.ev_class AND c.relkind IN ('m', 'v')
    JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
    WHERE d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass) AND d.refobjid <> c.oid
    UNION ALL
    SELECT d.classid, d.objid, false, d.refclassid, d.refobjid
    FROM pg_depend d
    WHERE d.classid = 'pg_proc'::regclass AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass)
),
used AS (
    SELECT object AS view, refclassid AS class, refobjid AS object FROM edges WHERE is_materialized
    UNION
    SELECT used.view, edges.refclassid, edges.refobjid
    FROM used
    JOIN edges ON edges.class = used.class AND edges.object = used.object AND NOT edges.is_materialized
)
SELECT used.view::bigint, source.oid::bigint, n.nspname::text, c.relname::text, c.relispopulated, age(c.xmin)::bigint
FROM used
JOIN pg_class source ON source.oid = used.object AND source.relkind = 'm'
JOIN pg_class c ON c.oid = used.view
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE used.class = 'pg_class'::regclass
