"""Shells for the tests of the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest

from tests.cli import Shell


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shortcuts: None) -> Shell:
    """A folder without a database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("getpass.getuser", lambda: "ana")
    return Shell(tmp_path, f"sqlite:///{tmp_path / 'store.sqlite3'}")


@pytest.fixture
def sh(bare: Shell, store_template: Callable[[str], str]) -> Shell:
    copyfile(store_template("sqlite"), bare.folder / "store.sqlite3")
    return bare
