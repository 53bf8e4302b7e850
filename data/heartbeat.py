"""The worker's heartbeat: a small file beside the versions, replaced whole every second or so."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

_FILE = "worker.json"


@dataclass(frozen=True)
class Beat:
    """When the worker last said that it lives (real epoch seconds), and what it cannot do."""

    at: float
    problem: str = ""


def beat(root: Path, now: Beat) -> None:
    """Replaces the heartbeat; a reader sees the old one or the new one, never a half."""
    root.mkdir(parents=True, exist_ok=True)
    aside = root / f".{_FILE}.{os.getpid()}"
    aside.write_text(json.dumps({"at": now.at, "problem": now.problem}), encoding="utf-8")
    aside.rename(root / _FILE)


def last_beat(root: Path) -> Beat | None:
    """The last heartbeat, None where no worker has run here."""
    try:
        return Beat(**json.loads((root / _FILE).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
