-- The materialized views of whole schemas. $1 text[]: schemas. A schema without any has one row without a view.
SELECT asked.position::integer, n.oid IS NOT NULL, c.oid::bigint, c.relname::text, age(c.xmin)::bigint
FROM unnest($1::text[]) WITH ORDINALITY AS asked (schema, position)
LEFT JOIN pg_namespace n ON n.nspname = asked.schema
LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind = 'm'
ORDER BY asked.position, c.relname
