-- Whether a relation is there, and usable: an index valid, a materialized view populated. $1 text: its name as the migration spells it.
SELECT CASE c.relkind
           WHEN 'i' THEN (SELECT i.indisvalid AND i.indisready FROM pg_index i WHERE i.indexrelid = c.oid)
           WHEN 'm' THEN c.relispopulated
           ELSE true
       END
FROM pg_class c
WHERE c.oid = to_regclass($1)
