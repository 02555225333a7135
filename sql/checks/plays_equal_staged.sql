-- There are as many plays as distinct NextSong events of users were staged.
-- Severity: block    Scope: run    About: staging
-- If it fails: building songplays lost or doubled events; compare it with staging_events.
WITH staged AS (
    SELECT e.ts, e.userid, e.sessionid, e.iteminsession
    FROM staging_events AS e
    WHERE e.page = 'NextSong' AND e.userid IS NOT NULL
    GROUP BY e.ts, e.userid, e.sessionid, e.iteminsession
),
counted AS (
    SELECT
        (SELECT COUNT(*) FROM staged) AS events_staged,
        (SELECT COUNT(*) FROM songplays) AS plays_built
)
SELECT events_staged, plays_built
FROM counted
WHERE events_staged <> plays_built
