-- Continues uptime-missing-days: the first multiplier that a missing day would need and that its columns cannot hold -
-- multiplier_at_creation is numeric(5,2), frozen_global_points a non-negative integer.
SELECT m.id::bigint, m.multiplier_value::text, to_char(m.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
FROM leaderboard_globalleaderboardmultiplier m
WHERE m.id IN (SELECT multiplier_id FROM missing)
  AND (m.multiplier_value >= 1000 OR m.multiplier_value < 0 OR $3::integer * m.multiplier_value::float8 > 2147483647)
ORDER BY m.id
LIMIT 1
