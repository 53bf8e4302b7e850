"""What tests share: settings of an installation of their own."""

from pathlib import Path

import pytest

from settings import Settings


@pytest.fixture
def installation(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "extracts")
