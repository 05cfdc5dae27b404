-- Which days each user lacks, and the multiplier that was in force at 00:00 UTC of each.
-- $1 date: the last day. $2 boolean: days without a multiplier get 1.00. $3 integer: points of a day.
-- The statements uptime-plan, uptime-multipliers, uptime-forecast and uptime-apply continue this one.
WITH uptime AS (
    SELECT id, category_id FROM contributions_contributiontype WHERE name = 'Uptime'
),
present AS (
    SELECT DISTINCT c.user_id, (c.contribution_date AT TIME ZONE 'UTC')::date AS day
    FROM contributions_contribution c
    JOIN uptime ON uptime.id = c.contribution_type_id
    WHERE isfinite(c.contribution_date)
),
starts AS (
    SELECT user_id, min(day) AS first_day FROM present GROUP BY user_id
),
days AS (
    SELECT calendar.day::date AS day, multiplier.id AS multiplier_id, multiplier.multiplier_value AS multiplier
    FROM generate_series((SELECT min(first_day) FROM starts)::timestamp, $1::timestamp, interval '1 day') AS calendar (day)
    LEFT JOIN LATERAL (
        SELECT m.id, m.multiplier_value
        FROM leaderboard_globalleaderboardmultiplier m
        JOIN uptime ON uptime.id = m.contribution_type_id
        WHERE m.valid_from <= calendar.day AT TIME ZONE 'UTC'
        ORDER BY m.valid_from DESC, m.id DESC
        LIMIT 1) AS multiplier ON true
),
missing AS (
    SELECT starts.user_id, days.day, days.multiplier_id, $3::integer AS points,
           coalesce(days.multiplier, CASE WHEN $2::boolean THEN 1.00 END) AS multiplier
    FROM starts
    JOIN days ON days.day >= starts.first_day
    WHERE NOT EXISTS (SELECT FROM present WHERE present.user_id = starts.user_id AND present.day = days.day)
)
