"""The wheel holds all that the program needs, and works far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ipt_roleplay import __version__, handbook, scenarios

ROOT = Path(__file__).parent.parent
LEFT_OUT = {".pyc", ".pyi"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, freshly built."""
    into = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(into)]
    run([*build, str(ROOT)], into)
    (made,) = into.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content; what it depends on is this Python's own."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    run([*pip, "--target", str(folder), str(wheel)], folder)
    return folder


def run(command: list[str], cwd: Path, **environment: str) -> str:
    """What a command prints; fails with its complaints when it fails."""
    ran = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def elsewhere(installed: Path, cwd: Path, *arguments: str) -> str:
    """What the installed package prints, run with an empty working directory."""
    return run([sys.executable, *arguments], cwd, PYTHONPATH=str(installed))


def files_below(folder: Path) -> set[str]:
    return {
        str(file.relative_to(ROOT))
        for file in folder.rglob("*")
        if file.is_file() and file.suffix not in LEFT_OUT
    }


def test_the_wheel_holds_every_file_of_package_scenarios_and_prompts(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        held = {one for one in opened.namelist() if ".dist-info/" not in one}
    data = files_below(ROOT / "scenarios") | files_below(ROOT / "prompts")
    asked = files_below(ROOT / "ipt_roleplay") | {f"ipt_roleplay/_data/{one}" for one in data}
    assert held == asked


def test_content_loads_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = (
        "import ipt_roleplay\n"
        "from ipt_roleplay import handbook, scenarios\n"
        "print(ipt_roleplay.__file__, ipt_roleplay.__version__)\n"
        "print(len(handbook.load()), *scenarios.load_all())"
    )
    first, second = elsewhere(installed, tmp_path, "-c", code).splitlines()
    where, version = first.split()
    assert Path(where).is_relative_to(installed)
    assert version == __version__
    assert second.split() == [str(len(handbook.load())), *scenarios.load_all()]


def test_scenarios_are_listed_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    listed = elsewhere(installed, tmp_path, "-m", "ipt_roleplay.cli", "scenarios", "list")
    assert [line.split()[0] for line in listed.splitlines()] == list(scenarios.load_all())


def test_the_doctor_finds_the_wheel_well(installed: Path, tmp_path: Path) -> None:
    """Weights, help cards, search and migrations are all there."""
    said = elsewhere(installed, tmp_path, "-m", "ipt_roleplay.cli", "doctor")
    assert "fault" not in said


def test_every_requirement_is_met_by_what_was_tested() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = dict(line.split("==") for line in lines if not line.startswith("#"))
    versions = {canonicalize_name(name): version for name, version in pinned.items()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for asked in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        one = Requirement(asked)
        assert one.specifier.contains(versions[canonicalize_name(one.name)]), asked
