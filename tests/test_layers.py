"""The layer contracts of pyproject.toml hold, and no module stands outside the layers."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application.use_cases import lint_imports

ROOT = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = next(contract["layers"] for contract in CONTRACTS["contracts"] if contract["type"] == "layers")


def test_contracts(capfd: pytest.CaptureFixture[str]) -> None:
    configuration.configure()
    kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)
    assert kept, capfd.readouterr().out


def modules() -> list[str]:
    files = [path for package in CONTRACTS["root_packages"] for path in (ROOT / package).rglob("*.py")]
    return sorted(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files)


def test_every_module_has_its_layer() -> None:
    placed = {name for layer in LAYERS for name in re.split(r"\s*[|:]\s*", layer)}
    parents = {name.rpartition(".")[0] for name in placed}
    assert [
        module
        for module in modules()
        if module not in parents and not any(f"{module}.".startswith(f"{name}.") for name in placed)
    ] == []
