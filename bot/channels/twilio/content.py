"""WhatsApp buttons and lists within a conversation, which Twilio sends as resources of its Content API.

A resource holds the labels; each line of the text (255 characters at most) and each id is a variable of it, for an id
belongs to one prompt of one conversation. So it is made once for a set of labels, without approval, and found again by
its name after a restart.
"""

from __future__ import annotations

import hashlib
import json
import threading
from typing import Any

from twilio.rest import Client
from twilio.rest.content.v1.content import ContentList

from bot.messages.shape import Shaped

PREFIX = "acompana-"
VARIABLE = 255
OPEN_LIST = {"en": "Choose", "es": "Elegir", "fr": "Choisir", "pt": "Escolher", "ht": "Chwazi", "nl": "Kiezen"}


class Contents:
    """The content resources of one account, by the shape of the message that they carry."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._known: dict[str, str] | None = None
        self._lock = threading.Lock()

    def sid_and_variables(self, shaped: Shaped, language: str) -> tuple[str, str] | None:
        """ContentSid and ContentVariables (JSON) for a message with buttons or rows; None where its text does not fit.

        Raises what the SDK raises when the account cannot list or create content.
        """
        lines = shaped.text.split("\n")
        if any(len(line.encode("utf-16-le")) > 2 * VARIABLE for line in lines):
            return None
        body: list[str] = []
        variables: dict[str, str] = {}
        for line in lines:
            if line.strip():
                variables[str(len(variables) + 1)] = line
                body.append(f"{{{{{len(variables)}}}}}")
            else:
                body.append("")
        shown = shaped.buttons or shaped.rows
        ids = [f"{{{{{len(variables) + place}}}}}" for place in range(1, len(shown) + 1)]
        variables |= {str(len(variables) + place): button.id for place, button in enumerate(shown, start=1)}
        types = _types(shaped, "\n".join(body), ids, language)
        name = PREFIX + hashlib.sha256(json.dumps(types, sort_keys=True).encode()).hexdigest()[:32]
        sid = self._sid(name, types, dict.fromkeys(variables, "text"))
        return sid, json.dumps(variables, ensure_ascii=False)

    def _sid(self, name: str, types: dict[str, Any], samples: dict[str, str]) -> str:
        with self._lock:
            if self._known is None:
                self._known = {
                    content.friendly_name: content.sid
                    for content in self._client.content.v1.contents.stream(page_size=500)
                    if content.friendly_name and content.sid and content.friendly_name.startswith(PREFIX)
                }
            if name not in self._known:
                request = ContentList.ContentCreateRequest(
                    {"friendly_name": name, "language": "en", "variables": samples, "types": types}
                )
                self._known[name] = str(self._client.content.v1.contents.create(request).sid)
            return self._known[name]


def _types(shaped: Shaped, body: str, ids: list[str], language: str) -> dict[str, Any]:
    if shaped.buttons:
        labels = [button.label for button in shaped.buttons]
        actions = [{"type": "QUICK_REPLY", "title": label, "id": id} for label, id in zip(labels, ids, strict=True)]
        return {"twilio/quick-reply": {"body": body, "actions": actions}}
    items = [{"id": id, "item": row.label} for row, id in zip(shaped.rows, ids, strict=True)]
    return {"twilio/list-picker": {"body": body, "button": OPEN_LIST.get(language, OPEN_LIST["en"]), "items": items}}
