-- Every play says what its event says, at the event's time.
-- Severity: block    Scope: run    About: staging
-- If it fails: building songplays changed or invented events; compare it with staging_events.
SELECT p.songplay_id, p.start_time, p.user_id, p.level, p.session_id, p.item_in_session
FROM songplays AS p
LEFT JOIN staging_events AS e
    ON e.userid = p.user_id
    AND e.sessionid = p.session_id
    AND e.iteminsession = p.item_in_session
    AND e.start_time = p.start_time
    AND e.page = 'NextSong'
    AND NVL(e.level, '') = NVL(p.level, '')
    AND (NVL(e.location, '') || '.') = (NVL(p.location, '') || '.')
    AND (NVL(e.useragent, '') || '.') = (NVL(p.user_agent, '') || '.')
    AND (NVL(e.song, '') || '.') = (NVL(p.song_title, '') || '.')
    AND (NVL(e.artist, '') || '.') = (NVL(p.artist_name, '') || '.')
    AND NVL(e.length, -1) = NVL(p.song_length, -1)
WHERE e.userid IS NULL
