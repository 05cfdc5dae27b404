-- Continues uptime-leaderboard: what uptime-apply would answer, without a change.
SELECT (SELECT count(*) FROM missing WHERE multiplier IS NOT NULL),
       (SELECT count(*) FROM ranked WHERE old_total IS DISTINCT FROM total),
       (SELECT count(*) FROM ranked WHERE old_rank IS DISTINCT FROM rank)
