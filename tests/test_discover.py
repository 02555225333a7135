from datetime import datetime

END = datetime(2018, 11, 4)


def keys(plan):
    return [entry.key.rpartition("/")[2] for entry in plan.objects]


def test_an_hour_is_taken_when_it_is_over(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:59")
    warehouse.put_events("ts\n2018-11-01 11:00")
    plan = warehouse.plan(datetime(2018, 11, 1, 11, 59))
    assert keys(plan) == ["2018-11-01-10-events.json"]
    assert plan.notes == (
        "not taken: 1 objects (log_data/2018/11/01/2018-11-01-11-events.json ...): "
        "python -m flows.backfill 2018-11-01T11:00 2018-11-01T12:00",
    )


def test_a_day_that_has_begun_is_taken(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:59", "log_data/2018/11/2018-11-01-events.json")
    assert keys(warehouse.plan(datetime(2018, 11, 1, 11), lookback=1)) == ["2018-11-01-events.json"]
    assert keys(warehouse.plan(datetime(2018, 11, 2, 11), lookback=1)) == []


def test_the_lookback_bounds_what_is_looked_at(warehouse):
    for hour in ("2018-11-01 10", "2018-11-01 11"):
        warehouse.put_events(f"ts\n{hour}:30")
    assert keys(warehouse.plan(END, lookback=61)) == ["2018-11-01-11-events.json"]


def test_an_outage_heals_itself(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:30")
    warehouse.hourly(datetime(2018, 11, 1, 11))
    for day in range(1, 30):
        warehouse.put_events(f"ts\n2018-11-{day:02} 12:30")
    assert len(warehouse.plan(datetime(2018, 12, 1), lookback=2).objects) == 29


def test_what_is_pending_is_taken_however_old(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:30")
    assert warehouse.pin(END) is not None
    warehouse.put_events("ts\n2018-11-03 10:30")
    warehouse.hourly(END, lookback=24)
    warehouse.put_events("ts\n2019-06-01 10:30")
    plan = warehouse.plan(datetime(2019, 6, 2), lookback=24)
    assert "2018-11-01-10-events.json" not in keys(plan)
    assert warehouse.value("SELECT COUNT(*) FROM etl.objects WHERE status = 'pending'") == 0


def test_the_lake_is_told_when_nothing_is_in_range(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:30")
    plan = warehouse.plan(datetime(2026, 1, 1), lookback=72)
    assert plan.objects == ()
    assert plan.notes == (
        "no events in this window; the lake holds 2018-11-01 10:00 to 2018-11-01 11:00: "
        "python -m flows.backfill 2018-11-01T10:00 2018-11-01T11:00",
    )


def test_an_empty_lake_has_nothing_new(warehouse):
    plan = warehouse.plan(END)
    assert (plan.objects, plan.notes) == ((), ())
    assert warehouse.hourly(END) is None
    assert warehouse.rows("SELECT status FROM etl.runs") == [("nothing new",)]


def test_the_same_batch_is_the_same_run_and_another_is_not(warehouse):
    warehouse.put_events("ts\n2018-11-01 10:30")
    first = warehouse.plan(END).run_id
    assert warehouse.plan(END).run_id == first
    warehouse.put_events("ts\n2018-11-01 11:30")
    assert warehouse.plan(END).run_id != first
