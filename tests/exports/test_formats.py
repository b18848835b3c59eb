"""What holds of every format."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from tests.cards.given import edition, full_desk

from etatyopoyta.exports import FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_it_is_made_at_any_moment_of_a_second(name: str):
    at = replace(edition(), made_at=datetime(2026, 1, 2, 3, 4, 5, 678_000, UTC))
    assert FORMATS[name].export(full_desk(), at)
