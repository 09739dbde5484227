"""The Python that has the peers."""

import pathlib
import subprocess
import sys

from .processes import Failed, child, say

REQUIREMENTS = pathlib.Path(__file__).resolve().parent.parent / "requirements.txt"
MODULES = ("duckdb", "polars", "chdb", "pandas", "sklearn", "pysubgroup")


def make_venv(folder):
    """The Python that has the peers, and those of them that it has."""
    python = folder / "bin/python"
    if not python.exists():
        child([sys.executable, "-m", "venv", folder])
    stamp = folder / "requirements.txt"
    wanted = REQUIREMENTS.read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        pip = [python, "-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "15"]
        try:
            child([*pip, "-r", REQUIREMENTS])
            stamp.write_text(wanted)
        except Failed:
            # One that cannot be had must not take the others along.
            for line in wanted.splitlines():
                if line and not line.startswith("#"):
                    try:
                        child([*pip, "--retries", "0", "--timeout", "5", line])
                    except Failed:
                        say(f"{line}: not to be had from pip here")
    return python, {module for module in MODULES if has(python, module)}


def has(python, module):
    return subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode == 0
