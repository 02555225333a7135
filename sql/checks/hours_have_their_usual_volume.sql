-- The hours that a run brings, and the last hour before its end, have as many events as such hours have.
-- Severity: warn    Scope: hourly
-- If it fails: objects of the hour are missing, cut short or doubled; look at them in etl.objects.
-- Usual is the median of the same hour over eight weeks, weekdays and weekends apart, with at least 8
-- points. Far from it is six times the median deviation, and never less than 40 percent, 50 events, or
-- what chance does where events come in sessions (14 times the root); almost nothing is far below in any
-- case. Hours that a backfill brought, or whose own volume was unusual, are no points; an hour without an
-- object is 0.
WITH unusual_runs AS (
    SELECT run_id
    FROM etl.check_results
    WHERE
        check_name = 'hours_have_their_usual_volume'
        AND verdict <> 'pass'
        AND checked_at >= :volume_from
    GROUP BY run_id
),
hourly_objects AS (
    SELECT
        NULLIF(REGEXP_SUBSTR(o.key, '[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{2}-events'), '') AS named,
        o.loaded,
        CASE WHEN o.run_id = :run_id THEN 1 ELSE 0 END AS brought,
        CASE WHEN r.flow = 'sparkify-hourly' AND u.run_id IS NULL THEN 0 ELSE 1 END AS unfit
    FROM etl.objects AS o
    LEFT JOIN etl.runs AS r ON r.run_id = o.run_id
    LEFT JOIN unusual_runs AS u ON u.run_id = o.run_id
    WHERE
        o.source = 'events'
        AND o.status = 'published'
        AND o.key >= :volume_first
        AND o.key < :volume_last
),
hours AS (
    SELECT
        CAST(SUBSTRING(named, 1, 10) || ' ' || SUBSTRING(named, 12, 2) || ':00:00' AS TIMESTAMP) AS began,
        SUM(loaded) AS events,
        MAX(brought) AS brought,
        MAX(unfit) AS unfit
    FROM hourly_objects
    WHERE named IS NOT NULL
    GROUP BY named
),
judged AS (
    SELECT h.began, h.events
    FROM hours AS h
    WHERE h.brought = 1 AND h.began < :window_end
    UNION ALL
    SELECT e.began, 0 AS events
    FROM (SELECT DATEADD(hour, -1, CAST(:window_end AS TIMESTAMP)) AS began) AS e
    LEFT JOIN hours AS h ON h.began = e.began
    WHERE h.began IS NULL
),
days AS (
    SELECT TRUNC(began) AS day
    FROM hours
    GROUP BY TRUNC(began)
),
points AS (
    SELECT j.began, j.events, NVL(h.events, 0) AS usual_events
    FROM judged AS j
    INNER JOIN days AS d
        ON d.day < TRUNC(j.began)
        AND d.day >= DATEADD(day, -56, TRUNC(j.began))
        AND (EXTRACT(dow FROM d.day) IN (0, 6)) = (EXTRACT(dow FROM j.began) IN (0, 6))
    LEFT JOIN hours AS h ON h.began = DATEADD(hour, CAST(EXTRACT(hour FROM j.began) AS INTEGER), d.day)
    WHERE
        NVL(h.unfit, 0) = 0
        AND DATEADD(hour, CAST(EXTRACT(hour FROM j.began) AS INTEGER), d.day)
            >= (SELECT MIN(began) FROM hours)
),
medians AS (
    SELECT began, events, COUNT(*) AS points, MEDIAN(usual_events) AS usual_events
    FROM points
    GROUP BY began, events
),
spreads AS (
    SELECT p.began, MEDIAN(ABS(p.usual_events - m.usual_events)) AS spread
    FROM points AS p
    INNER JOIN medians AS m ON m.began = p.began
    GROUP BY p.began
),
tolerances AS (
    SELECT
        m.began,
        m.events,
        m.points,
        CAST(m.usual_events AS DOUBLE PRECISION) AS usual_events,
        GREATEST(
            CAST(6 * s.spread AS DOUBLE PRECISION),
            CAST(0.4 * m.usual_events AS DOUBLE PRECISION),
            14 * SQRT(CAST(m.usual_events AS DOUBLE PRECISION)),
            CAST(50 AS DOUBLE PRECISION)
        ) AS tolerance
    FROM medians AS m
    INNER JOIN spreads AS s ON s.began = m.began
)
SELECT t.began AS hour, t.events, t.usual_events, t.tolerance, t.points
FROM tolerances AS t
WHERE
    t.points >= 8
    AND (
        t.events > t.usual_events + t.tolerance
        OR (t.usual_events > 50 AND t.events < GREATEST(t.usual_events - t.tolerance, 0.05 * t.usual_events))
    )
