-- Published plays of a window that is being replaced, which the lake no longer holds.
DELETE FROM sparkify.songplays
WHERE
    start_time >= :replace_from
    AND start_time < :replace_to
    AND songplay_id NOT IN (SELECT songplay_id FROM songplays)
