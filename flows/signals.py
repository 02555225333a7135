"""What a run tells to Prefect's automations besides its state."""

from __future__ import annotations

from prefect.events import emit_event

from tasks.outcome import Outcome

QUARANTINE = "sparkify.quarantine.not-empty"
SHOWN = 10


def tell_quarantine(outcome: Outcome, warehouse: str) -> None:
    """Emit an event when objects wait for somebody: an automation makes a notification of it."""
    if outcome.quarantined:
        emit_event(
            event=QUARANTINE,
            resource={
                "prefect.resource.id": f"sparkify.warehouse.{warehouse}",
                "prefect.resource.name": warehouse,
                "sparkify.objects": str(len(outcome.quarantined)),
            },
            payload={"objects": [_plain(entry) for entry in outcome.quarantined[:SHOWN]]},
        )


def _plain(entry: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in entry.items()}
