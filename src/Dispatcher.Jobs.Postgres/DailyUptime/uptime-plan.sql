-- Continues uptime-missing-days: per user, how many days are added and how many lack a multiplier. Users without a missing day are listed too.
SELECT starts.user_id::bigint,
       count(missing.multiplier) AS added,
       count(missing.day) - count(missing.multiplier) AS skipped,
       min(missing.day) FILTER (WHERE missing.multiplier IS NOT NULL) AS first_day,
       max(missing.day) FILTER (WHERE missing.multiplier IS NOT NULL) AS last_day
FROM starts
LEFT JOIN missing ON missing.user_id = starts.user_id
GROUP BY starts.user_id
ORDER BY starts.user_id
