-- Thirty users of every kind that the rules speak of, between 2026-10-01 and 2026-11-22. The same rows at every load.
INSERT INTO contributions_category (id, name, slug) VALUES (1, 'Validator', 'validator'), (2, 'Builder', 'builder');
INSERT INTO contributions_contributiontype (id, name, slug, category_id)
VALUES (1, 'Uptime', 'uptime', 1), (2, 'Blog Post', 'blog-post', 2), (3, 'Misc', 'misc', NULL), (4, 'uptime', 'not-uptime', 2);

-- Names collide, and differ in case and accent; user ids run against their order. One in five is invisible, one in seven inactive.
INSERT INTO users_user (id, email, name, is_active, visible)
SELECT 100 - i, format('u%s@example.org', i), (ARRAY['Zoe', 'ann', 'Ann', 'Émile', 'ann'])[1 + i % 5], i % 7 <> 0, i % 5 <> 4
FROM generate_series(1, 30) AS i;

-- No multiplier before 2026-10-10 12:00, so none on that day at midnight; two with the same time, of which the later row counts; a half.
INSERT INTO leaderboard_globalleaderboardmultiplier (id, multiplier_value, valid_from, contribution_type_id)
VALUES (1, 1.15, '2026-10-10 12:00+00', 1), (2, 9.00, '2026-10-20 00:00+00', 1), (3, 2.50, '2026-10-20 00:00+00', 1),
       (4, 0.50, '2026-11-01 00:00:00.000001+00', 1), (5, 3.00, '2026-12-24 00:00+00', 1), (6, 77.00, '2026-10-01 00:00+00', 2);

-- First days spread over the weeks, then gaps; some days hold two rows, near both ends of the UTC day; two users start in the future.
INSERT INTO contributions_contribution (points, frozen_global_points, user_id, contribution_type_id, contribution_date, multiplier_at_creation)
SELECT 1, 1 + i % 3, 100 - i, 1, timestamptz '2026-10-01 00:00+00' + (i * 5 % 50 + k * (i % 4)) * interval '1 day' + at, 1.00
FROM generate_series(1, 24) AS i, generate_series(0, i % 6) AS k,
     LATERAL (VALUES (interval '0'), (interval '23:59:59.999999')) AS t (at)
WHERE k % 2 = 0 OR at = interval '0';
INSERT INTO contributions_contribution (points, frozen_global_points, user_id, contribution_type_id, contribution_date, multiplier_at_creation)
SELECT 1, 1, 100 - i, 1, '2027-01-01 00:00+00', 1.00 FROM generate_series(25, 26) AS i;

-- A row without a date says nothing about a day. Other types count for totals, some of them in no category.
INSERT INTO contributions_contribution (points, frozen_global_points, user_id, contribution_type_id, contribution_date, multiplier_at_creation)
SELECT 1, 40, 100 - i, 1, NULL::timestamptz, 1.00 FROM generate_series(3, 30, 9) AS i
UNION ALL
SELECT 10, 10 + i, 100 - i, 2 + i % 3, '2026-09-15 08:00+00', 1.00 FROM generate_series(1, 30, 2) AS i;

-- Entries of before: stale totals, also of users who get nothing; ranks that are wrong.
INSERT INTO leaderboard_leaderboardentry (total_points, rank, user_id, category_id, updated_at)
SELECT i * 3 % 40, i, 100 - i, c, '2026-09-30 00:00+00'
FROM generate_series(1, 30, 3) AS i, (VALUES (NULL::bigint), (1), (2)) AS t (c)
WHERE c IS NULL OR i % 2 = 0;
