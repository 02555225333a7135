-- top_places: one row per place, the one with the most plays first.
-- Question: Where do people listen most?
-- The place is what the event says of it.
SELECT
    location AS place,
    COUNT(*) AS plays,
    COUNT(DISTINCT user_id) AS listeners
FROM sparkify.songplays
WHERE start_time >= :start AND start_time < :end AND location IS NOT NULL
GROUP BY location
ORDER BY plays DESC, place
LIMIT 10
