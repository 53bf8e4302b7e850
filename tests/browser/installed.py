"""One installation of the product in folders of its own, started as a person would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from settings import HOUSE

NOW = "replay:2026-11-24T03:47+00:00@1"  # 11:47 in the shops, a Tuesday, and time passes


@dataclass
class Installation:
    """One `manage.py run` with folders of its own; it can be stopped and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def raw(self) -> Path:
        """The sample's raw files, as the worker watches them."""
        return self.folder / "raw" / "sample"

    def worker(self) -> int:
        """The process id of the worker that `manage.py run` started."""
        if self.process is None:
            raise ProcessLookupError("it does not run")
        own = self.process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return next(
            int(child) for child in children
            if b"watch.py" in Path(f"/proc/{child}/cmdline").read_bytes()
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        own = {
            "NOW": NOW,
            "DATA": str(self.folder / "extracts"),
            "RAW": str(self.folder / "raw"),
            "STATE": f"sqlite:///{self.folder / 'state.sqlite'}",
            "CACHE": str(self.folder / "cache"),
            "PORT": str(self.port),
        }
        return {**os.environ, **{f"WARROOM_{name}": value for name, value in own.items()}}

    def start(self) -> None:
        words = [sys.executable, "manage.py", "run"]
        self.process = subprocess.Popen(words, cwd=HOUSE, env=self.environment())
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.address}/live", timeout=2)
                return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError("the app did not start")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None
