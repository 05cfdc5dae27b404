-- Continues uptime-missing-days: the leaderboard as it is once the missing days are there. Empty where no day is added.
-- A binary double rounds half to even, as the application does; round(numeric) does not.
, added AS (
    SELECT user_id, sum(round(points * multiplier::float8)::bigint) AS points
    FROM missing
    WHERE multiplier IS NOT NULL
    GROUP BY user_id
),
scored AS (
    SELECT c.user_id, t.category_id, sum(c.frozen_global_points) AS points
    FROM contributions_contribution c
    JOIN contributions_contributiontype t ON t.id = c.contribution_type_id
    WHERE c.user_id IN (SELECT user_id FROM added)
    GROUP BY c.user_id, t.category_id
    UNION ALL
    SELECT added.user_id, uptime.category_id, added.points FROM added CROSS JOIN uptime
),
totals AS (
    SELECT user_id, NULL::bigint AS category_id, sum(points) AS total FROM scored GROUP BY user_id
    UNION ALL
    SELECT user_id, category_id, sum(points) FROM scored WHERE category_id IS NOT NULL GROUP BY user_id, category_id
),
entries AS (
    SELECT e.id, e.user_id, e.category_id, e.total_points AS old_total, e.rank AS old_rank,
           coalesce(totals.total, e.total_points)::integer AS total
    FROM leaderboard_leaderboardentry e
    LEFT JOIN totals ON totals.user_id = e.user_id AND totals.category_id IS NOT DISTINCT FROM e.category_id
    UNION ALL
    SELECT NULL, totals.user_id, totals.category_id, NULL, NULL, totals.total::integer
    FROM totals
    WHERE NOT EXISTS (
        SELECT FROM leaderboard_leaderboardentry e
        WHERE e.user_id = totals.user_id AND e.category_id IS NOT DISTINCT FROM totals.category_id)
),
ranked AS (
    SELECT entries.*,
           CASE WHEN u.visible THEN row_number() OVER (
               PARTITION BY entries.category_id, u.visible
               ORDER BY entries.total DESC, u.name, u.id, entries.id)::integer END AS rank
    FROM entries
    JOIN users_user u ON u.id = entries.user_id
    WHERE EXISTS (SELECT FROM added)
)
