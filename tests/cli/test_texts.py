"""acompana texts: what is checked in the catalogs."""

from __future__ import annotations

import pytest

from tests.cli import Shell


def test_the_texts_are_checked(sh: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "bot.cli.texts.problems", lambda labels: ["es: 'Yes': no translation"] if "Yes" in labels else []
    )
    said = sh("texts check")
    assert (said.out, said.err, said.code) == ("es: 'Yes': no translation", "1 problem.", 1)
