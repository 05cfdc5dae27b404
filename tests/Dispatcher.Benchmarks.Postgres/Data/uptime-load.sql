-- :users users whose first Uptime day lies up to 270 days after 2024-08-17, with gaps, and 13 multipliers.
INSERT INTO contributions_category (id, name, slug) VALUES (1, 'Validator', 'validator'), (2, 'Builder', 'builder');
INSERT INTO contributions_contributiontype (id, name, slug, category_id)
VALUES (1, 'Uptime', 'uptime', 1), (2, 'Blog', 'blog', 2), (3, 'Misc', 'misc', NULL);
INSERT INTO users_user (id, email, name, is_active, visible)
SELECT i, format('u%s@example.org', i), format('User %s%s', chr(97 + i % 26), i), i % 11 <> 0, i % 13 <> 0 FROM generate_series(1, :users) AS i;
INSERT INTO leaderboard_globalleaderboardmultiplier (multiplier_value, valid_from, contribution_type_id)
SELECT 1 + i * 0.15, timestamptz '2024-08-01 12:00+00' + i * interval '40 days', 1 FROM generate_series(0, 12) AS i;
INSERT INTO contributions_contribution (points, frozen_global_points, user_id, contribution_type_id, contribution_date, multiplier_at_creation)
SELECT 1, 1, u, 1, timestamptz '2024-08-17 10:00+00' + (u * 7919 % 270 + k * 9) * interval '1 day', 1 FROM generate_series(1, :users) AS u, generate_series(0, u % 6) AS k
UNION ALL
SELECT 5, 5, u, 2 + u % 2, '2025-01-01 10:00+00', 1 FROM generate_series(1, :users, 3) AS u;
ANALYZE;
