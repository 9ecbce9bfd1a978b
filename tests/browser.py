"""Finds the browser that the page's tests run in; run as a script, installs one if it may."""

from __future__ import annotations

import os
import shutil
import subprocess

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_INSTALL = ("apt-get update", "apt-get install -y --no-install-recommends chromium")


def find_chromium() -> str | None:
    """The path of `$CHROMIUM`, else of a Chromium or Chrome on PATH, else None."""
    asked = os.environ.get("CHROMIUM")
    return shutil.which(asked) if asked else next(filter(None, map(shutil.which, _NAMES)), None)


def _install() -> None:
    for command in _INSTALL:
        print(f"No browser found; running: {command}", flush=True)
        if subprocess.run(command.split(), check=False).returncode:
            return


def main() -> None:
    """Installs Chromium where that needs nobody's leave; otherwise says what will be left out."""
    if find_chromium() is None and shutil.which("apt-get") and os.geteuid() == 0:
        _install()
    found = find_chromium()
    print(
        f"Browser for the page's tests: {found}"
        if found
        else "No browser found: the page's tests will be skipped. "
        "Install Chromium, or set CHROMIUM to the path of one."
    )


if __name__ == "__main__":
    main()
