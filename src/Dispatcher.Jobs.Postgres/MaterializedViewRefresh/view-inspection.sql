-- What there is under a name, and whether this role can refresh it. $1 text: the quoted name.
-- A unique index is usable as REFRESH … CONCURRENTLY defines it: valid, immediate, a B-tree, on columns alone, over all rows.
SELECT c.relkind::text,
       format('%I.%I', n.nspname, c.relname),
       n.nspname::text,
       c.relname::text,
       c.relispopulated,
       pg_has_role(c.relowner, 'USAGE')
           OR CASE WHEN current_setting('server_version_num')::integer >= 170000 THEN has_table_privilege(c.oid, 'MAINTAIN') ELSE false END,
       pg_get_userbyid(c.relowner)::text,
       current_user::text,
       EXISTS (
           SELECT FROM pg_index i
           JOIN pg_class x ON x.oid = i.indexrelid
           JOIN pg_am a ON a.oid = x.relam
           WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid AND i.indimmediate AND a.amname = 'btree'
             AND i.indpred IS NULL AND i.indnatts > 0 AND 0 < ALL (i.indkey::int2[])),
       pg_total_relation_size(c.oid),
       pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean,
       has_table_privilege(c.oid, 'SELECT'),
       has_table_privilege(c.relowner, c.oid, 'SELECT'),
       pg_has_role(c.relowner, 'MEMBER'),
       (SELECT rolinherit FROM pg_roles WHERE rolname = current_user),
       EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE m.roleid = c.relowner AND r.rolname = current_user),
       current_setting('server_version_num')::integer,
       (SELECT attname::text FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum LIMIT 1)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.oid = to_regclass($1)
