"""Every format in every language."""

import pytest
from tests.exports.printed import LANGUAGES

from etatyopoyta.cards.words import Language


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    found: Language = request.param
    return found
