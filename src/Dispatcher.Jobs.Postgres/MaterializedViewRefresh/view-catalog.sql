-- The views among the relations that were asked for. $1 text[]: schemas, NULL for the search_path. $2 text[]: names.
-- Every refresh rewrites the view's row in pg_class, so the age of that row's xmin orders views by their last refresh.
SELECT asked.position::integer, c.oid::bigint, n.nspname::text, c.relname::text, c.relispopulated, age(c.xmin)::bigint
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS asked (schema, name, position)
JOIN pg_class c ON c.relname = asked.name AND c.relkind = 'm'
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE CASE WHEN asked.schema IS NULL THEN pg_table_is_visible(c.oid) ELSE n.nspname = asked.schema END
ORDER BY asked.position
