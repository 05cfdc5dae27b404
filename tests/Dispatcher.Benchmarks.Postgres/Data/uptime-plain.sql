-- What a person would type into psql: three set-based statements in one transaction.
SET timezone = 'UTC';
BEGIN;
INSERT INTO contributions_contribution (created_at, updated_at, points, frozen_global_points, notes, user_id, contribution_type_id, contribution_date, multiplier_at_creation)
SELECT now(), now(), 1, round(1 * m.multiplier_value::float8)::integer, 'Auto-generated daily uptime for ' || to_char(d, 'YYYY-MM-DD'), s.user_id, 1, d, m.multiplier_value
FROM (SELECT user_id, min(contribution_date)::date AS first_day FROM contributions_contribution WHERE contribution_type_id = 1 GROUP BY user_id) AS s
CROSS JOIN LATERAL generate_series(s.first_day::timestamptz, timestamptz '2025-08-17', interval '1 day') AS d
JOIN LATERAL (
    SELECT multiplier_value FROM leaderboard_globalleaderboardmultiplier
    WHERE contribution_type_id = 1 AND valid_from <= d ORDER BY valid_from DESC, id DESC LIMIT 1) AS m ON true
WHERE NOT EXISTS (
    SELECT FROM contributions_contribution c
    WHERE c.user_id = s.user_id AND c.contribution_type_id = 1 AND c.contribution_date >= d AND c.contribution_date < d + interval '1 day');
INSERT INTO leaderboard_leaderboardentry (created_at, updated_at, total_points, user_id, category_id)
SELECT now(), now(), sum(frozen_global_points), user_id, NULL FROM contributions_contribution GROUP BY user_id
UNION ALL
SELECT now(), now(), sum(c.frozen_global_points), c.user_id, t.category_id
FROM contributions_contribution c JOIN contributions_contributiontype t ON t.id = c.contribution_type_id
WHERE t.category_id IS NOT NULL GROUP BY c.user_id, t.category_id;
UPDATE leaderboard_leaderboardentry e SET rank = r.rank
FROM (SELECT l.id, row_number() OVER (PARTITION BY l.category_id ORDER BY l.total_points DESC, u.name, u.id) AS rank
      FROM leaderboard_leaderboardentry l JOIN users_user u ON u.id = l.user_id WHERE u.visible) AS r
WHERE r.id = e.id;
COMMIT;
