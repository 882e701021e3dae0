"""The layer contracts of pyproject.toml hold, and no module stands outside the layers."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
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


WRITING = {"add", "flush"}
"""What the service may do with the handle of a transaction; what it reads, it asks storage for by name."""


def handled(source: str) -> Iterator[str]:
    """What is called on `db`, or on the `db` of something, beside adding rows and flushing them."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="db") | ast.Attribute(attr="db"), attr=method)):
                if method not in WRITING:
                    yield method


@pytest.mark.parametrize(
    ("source", "methods"),
    [
        ("client = db.get_one(Client, 1)", ["get_one"]),
        ("turn.db.scalars(query).all()", ["scalars"]),
        ("self.turn.db.execute(query)", ["execute"]),
        ("with db.begin_nested():\n    db.add(row)", ["begin_nested"]),
        ("db.add(row)\nturn.db.flush()\nclients.by_id(turn.db, 1)\nanswers.get(1)", []),
    ],
)
def test_what_is_run_on_the_handle_is_seen(source: str, methods: list[str]) -> None:
    assert list(handled(source)) == methods


def test_the_service_runs_no_sql() -> None:
    run = {file.stem: list(handled(file.read_text())) for file in (ROOT / "bot/service").glob("*.py")}
    assert "turn" in run
    assert {name: methods for name, methods in run.items() if methods} == {}
