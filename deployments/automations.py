"""Create the automations of automations.yaml, or bring them up to date: Prefect knows no name twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from prefect.blocks.notifications import SlackWebhook
from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import SyncPrefectClient
from prefect.events.schemas.automations import AutomationCore
from pydantic import SecretStr

from deployments.blocks import block_id, save_as
from deployments.settings import Settings

FILE = Path(__file__).with_name("automations.yaml")
CHANNEL = "sparkify-notifications"
Action = dict[str, Any]


def save_automations(client: SyncPrefectClient, settings: Settings) -> list[str]:
    """Save every automation under its name; one that was switched off in the UI stays off."""
    channel = notification(settings)
    above = _to_block(settings.escalate_block) if settings.escalate_block else channel
    wanted = [_automation(entry, channel, above) for entry in yaml.safe_load(FILE.read_text())]
    for automation in wanted:
        _save(client, automation)
    return [automation.name for automation in wanted]


def notification(settings: Settings) -> Action:
    """The action that tells somebody: a block, else Slack, else a webhook, else a log line."""
    if settings.notify_block:
        return _to_block(settings.notify_block)
    if settings.slack_webhook:
        slack = SlackWebhook(url=SecretStr(settings.slack_webhook))
        return {"type": "send-notification", "block_document_id": save_as(slack, CHANNEL)}
    if settings.webhook:
        hook = Webhook(url=SecretStr(settings.webhook))
        return {"type": "call-webhook", "block_document_id": save_as(hook, CHANNEL)}
    return {"type": "do-nothing"}


def _to_block(slug: str) -> Action:
    return {"type": "send-notification", "block_document_id": str(block_id(slug))}


def _automation(entry: dict[str, Any], channel: Action, above: Action) -> AutomationCore:
    actions = list(entry.pop("actions", []))
    if words := entry.pop("notify", None):
        actions.append(_worded(channel, words))
    if words := entry.pop("escalate", None):
        actions.append(_worded(above, words))
    return AutomationCore.model_validate(entry | {"actions": actions})


def _worded(channel: Action, words: dict[str, str]) -> Action:
    if channel["type"] == "send-notification":
        return channel | words
    if channel["type"] == "call-webhook":
        return channel | {"payload": _as_json(words)}
    return channel


def _as_json(words: dict[str, str]) -> str:
    """A template of a JSON document: what is filled in is escaped by its own filter."""
    parts = (
        f"{json.dumps(name)}: {{% set text %}}{text}{{% endset %}}{{{{ text|tojson }}}}"
        for name, text in words.items()
    )
    return "{" + ", ".join(parts) + "}"


def _save(client: SyncPrefectClient, automation: AutomationCore) -> None:
    known = client.read_automations_by_name(automation.name)
    if not known:
        client.create_automation(automation)
        return
    automation.enabled = known[0].enabled
    client.update_automation(known[0].id, automation)  # sends what was set, no defaults
