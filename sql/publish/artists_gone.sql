-- Touched artists that no song names any more.
DELETE FROM sparkify.artists
WHERE
    artist_id IN (SELECT artist_id FROM touched_artists)
    AND artist_id NOT IN (SELECT artist_id FROM sparkify.songs)
