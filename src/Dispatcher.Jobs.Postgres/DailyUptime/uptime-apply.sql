-- Continues uptime-leaderboard: adds the days, the totals and the ranks, all in this one statement.
, inserted AS (
    INSERT INTO contributions_contribution (
        created_at, updated_at, points, frozen_global_points, notes,
        user_id, contribution_type_id, contribution_date, multiplier_at_creation)
    SELECT now(), now(), missing.points, round(missing.points * missing.multiplier::float8)::integer,
           'Auto-generated daily uptime for ' || to_char(missing.day, 'YYYY-MM-DD'),
           missing.user_id, uptime.id, missing.day::timestamp AT TIME ZONE 'UTC', missing.multiplier
    FROM missing
    CROSS JOIN uptime
    WHERE missing.multiplier IS NOT NULL
    ORDER BY missing.user_id, missing.day
    RETURNING 1
),
created AS (
    INSERT INTO leaderboard_leaderboardentry (created_at, updated_at, total_points, rank, user_id, category_id)
    SELECT now(), now(), total, rank, user_id, category_id
    FROM ranked
    WHERE id IS NULL
    RETURNING rank
),
updated AS (
    UPDATE leaderboard_leaderboardentry e
    SET total_points = ranked.total, rank = ranked.rank
    FROM ranked
    WHERE e.id = ranked.id AND (ranked.old_total <> ranked.total OR ranked.old_rank IS DISTINCT FROM ranked.rank)
    RETURNING ranked.old_total <> ranked.total AS total_changed, ranked.old_rank IS DISTINCT FROM ranked.rank AS rank_changed
)
SELECT (SELECT count(*) FROM inserted),
       (SELECT count(*) FROM created) + (SELECT count(*) FROM updated WHERE total_changed),
       (SELECT count(rank) FROM created) + (SELECT count(*) FROM updated WHERE rank_changed)
