"""The app: refuses a public address."""

import pytest

from app import create_app
from errors import Forbidden
from settings import Settings


def test_a_public_address_is_refused_with_the_reason() -> None:
    with pytest.raises(Forbidden, match="access control"):
        create_app(Settings(host="0.0.0.0"))
