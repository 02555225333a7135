"""The steps of a run, a verb each. Every step is a Prefect task; `step.fn(...)` runs it without."""
