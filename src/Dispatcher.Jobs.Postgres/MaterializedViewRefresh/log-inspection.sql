-- Whether there is a log table, and whether this role can keep it. $1 text: its quoted name.
SELECT c.relkind IN ('r', 'p'),
       has_table_privilege(c.oid, 'SELECT'),
       has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE'),
       current_user::text
FROM pg_class c
WHERE c.oid = to_regclass($1)
