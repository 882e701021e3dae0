"""Twilio's Content API in front of an emulator that has none: WhatsApp buttons and lists, as far as a phone needs them.

Content is kept as it was made; a message that names one is passed on with its text filled in, and its buttons are
remembered for the phone that gets it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

_VARIABLE = re.compile(r"\{\{(\w+)\}\}")


@dataclass
class Contents:
    """`shown` holds, for each address, the buttons of its last message: what comes back by what is written on it."""

    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    shown: dict[str, dict[str, str]] = field(default_factory=dict)

    def answer(self, method: str, body: bytes) -> tuple[int, bytes]:
        """The answer to a call below /content/."""
        if method != "POST":
            page = {"contents": list(self.kept.values()), "meta": {"key": "contents", "next_page_url": None}}
            return 200, json.dumps(page).encode()
        sid = f"HX{len(self.kept):032x}"
        self.kept[sid] = {**json.loads(body), "sid": sid}
        return 201, json.dumps(self.kept[sid]).encode()

    def spoken(self, body: bytes) -> bytes:
        """A form for Messages.json, with the text of its content in the place of the content."""
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if "To" in form:
            self.shown[form["To"]] = {}
        if "ContentSid" not in form:
            return body
        variables = json.loads(form.pop("ContentVariables", "{}"))
        (kind, content), *_ = self.kept[form.pop("ContentSid")]["types"].items()
        buttons = content["actions"] if kind == "twilio/quick-reply" else content["items"]
        label = "title" if kind == "twilio/quick-reply" else "item"
        self.shown[form["To"]] = {button[label]: _filled(button["id"], variables) for button in buttons}
        return urlencode({**form, "Body": _filled(content["body"], variables)}).encode()


def _filled(text: str, variables: dict[str, str]) -> str:
    return _VARIABLE.sub(lambda match: variables[match[1]], text)
