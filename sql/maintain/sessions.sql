-- Who is connected. Another user's sessions show only to a superuser.
SELECT process AS session_pid
FROM stv_sessions
