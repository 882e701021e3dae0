"""The pages and the simulator are read a function at a time: each fits on a screen, and no route is a closure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import web

MOST_LINES = 45
VERBS = {"get", "post", "put", "patch", "delete", "api_route", "route"}
ROOT = Path(web.__file__).parent
MODULES = [*sorted((ROOT / "console").rglob("*.py")), *sorted((ROOT / "simulator").rglob("*.py"))]

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(node: ast.AST, *, nested: bool = False) -> Iterator[tuple[Function, bool]]:
    """Every function below `node`, and whether it stands inside another one."""
    for child in ast.iter_child_nodes(node):
        is_function = isinstance(child, Function)
        if isinstance(child, Function):
            yield child, nested
        yield from functions(child, nested=nested or is_function)


def is_route(function: Function) -> bool:
    calls = [one.func for one in function.decorator_list if isinstance(one, ast.Call)]
    return any(isinstance(call, ast.Attribute) and call.attr in VERBS for call in calls)


def too_long(source: str) -> list[str]:
    return [
        function.name
        for function, _nested in functions(ast.parse(source))
        if (function.end_lineno or 0) - function.lineno + 1 > MOST_LINES
    ]


def nested_routes(source: str) -> list[str]:
    return [function.name for function, nested in functions(ast.parse(source)) if nested and is_route(function)]


def test_every_function_fits_on_a_screen() -> None:
    assert {path.name: names for path in MODULES if (names := too_long(path.read_text()))} == {}


def test_no_route_is_a_closure() -> None:
    assert {path.name: names for path in MODULES if (names := nested_routes(path.read_text()))} == {}


def test_every_module_is_looked_at() -> None:
    routes = [f.name for path in MODULES for f, _nested in functions(ast.parse(path.read_text())) if is_route(f)]
    assert {"log_in", "client_page", "invite", "nothing_here", "write"} <= set(routes)


def test_what_is_refused_would_be_found() -> None:
    source = "def routes():\n    @router.get('/x')\n    async def x():\n        pass\n" + "    pass\n" * 45
    assert too_long(source) == ["routes"]
    assert nested_routes(source) == ["x"]
    assert nested_routes("@router.get('/x')\ndef x():\n    def y(): pass\n") == []
