-- plays: one row per play, with its time, user, song and artist.
-- Every play is there once: what the song data does not know is NULL. Name the days you mean by
-- start_time: the plays are sorted by it.
-- Columns:
--   songplay_id       The play.
--   start_time        When it began, UTC.
--   day               The day of that, a date.
--   hour              Hour of day, 0 to 23, UTC.
--   week              ISO week of the year.
--   month             Month, 1 to 12.
--   year              Calendar year.
--   weekday           Day of the week: 0 is Sunday, 6 is Saturday.
--   user_id           Who listened.
--   first_name        First name at the user's latest play.
--   last_name         Last name at the user's latest play.
--   gender            F or M, at the user's latest play.
--   level             free or paid, at the time of this play.
--   level_now         free or paid, at the user's latest play.
--   session_id        The user's session.
--   item_in_session   Place of the event in its session.
--   location          Where the user was.
--   user_agent        Browser and system.
--   song_title        Title, in the event's own words.
--   artist_name       Artist, in the event's own words.
--   song_length       Length of the song in seconds.
--   song_id           The matched song; NULL when the song data does not know it.
--   song_year         The matched song's year of release.
--   artist_id         The matched song's artist.
--   artist_location   Where that artist comes from.
--   artist_latitude   Latitude of that place, degrees.
--   artist_longitude  Longitude of that place, degrees.
CREATE OR REPLACE VIEW sparkify.plays AS
SELECT
    p.songplay_id,
    p.start_time,
    TRUNC(p.start_time) AS day,
    t.hour,
    t.week,
    t.month,
    t.year,
    t.weekday,
    p.user_id,
    u.first_name,
    u.last_name,
    u.gender,
    p.level,
    u.level AS level_now,
    p.session_id,
    p.item_in_session,
    p.location,
    p.user_agent,
    p.song_title,
    p.artist_name,
    p.song_length,
    p.song_id,
    s.year AS song_year,
    p.artist_id,
    a.location AS artist_location,
    a.latitude AS artist_latitude,
    a.longitude AS artist_longitude
FROM sparkify.songplays AS p
LEFT JOIN sparkify.time AS t ON t.start_time = p.start_time
LEFT JOIN sparkify.users AS u ON u.user_id = p.user_id
LEFT JOIN sparkify.songs AS s ON s.song_id = p.song_id
LEFT JOIN sparkify.artists AS a ON a.artist_id = p.artist_id
