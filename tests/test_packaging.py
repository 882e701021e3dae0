"""The wheel has everything that the program reads beside its code, and works from another folder without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from bot.model import LANGUAGES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "reports", "scheduler", "storage", "web", "locales")
MAIN = "import sys; sys.argv[0] = 'acompana'; from bot.cli import main; main()"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    return folder


def run(installed: Path, folder: Path, code: str, *arguments: str) -> str:
    """What the installed program prints. Without site (-S) the checkout, which is installed editable, is not found."""
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]),
        "ACOMPANA_DATABASE_URL": f"sqlite:///{folder / 'store.sqlite3'}",
    }
    command = [sys.executable, "-S", "-c", code, *arguments]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    files = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files - held == set()


@pytest.mark.parametrize(
    "pattern",
    [
        *(f"locales/{language}/LC_MESSAGES/acompana.po" for language in LANGUAGES if language != "en"),
        "storage/migrations/versions/0001_*.py",
        "storage/migrations/script.py.mako",
        "web/console/templates/*.html",
        "web/console/static/*",
    ],
)
def test_wheel_installs_what_is_read_beside_the_code(installed: Path, pattern: str) -> None:
    assert list(installed.glob(pattern))


def test_installed_program_explains_itself(installed: Path, tmp_path: Path) -> None:
    assert "migrate" in run(installed, tmp_path, MAIN, "--help")


def test_installed_program_creates_its_store(installed: Path, tmp_path: Path) -> None:
    run(installed, tmp_path, MAIN, "migrate")
    assert (
        run(
            installed, tmp_path, "import storage.migrate as m, os; print(m.behind(os.environ['ACOMPANA_DATABASE_URL']))"
        )
        == "False\n"
    )
    assert str(installed) in run(installed, tmp_path, "import storage; print(storage.__file__)")


def test_installed_program_speaks_every_language(installed: Path, tmp_path: Path) -> None:
    spoken = "from bot.text.language import Catalogs; print(*sorted(k for k, v in Catalogs.load().texts.items() if v))"
    assert set(run(installed, tmp_path, spoken).split()) >= set(LANGUAGES) - {"en"}
