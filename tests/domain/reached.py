"""What was reached, for rules on it."""

from tests.domain.given import AINO, MARTAT, NOW

from etatyopoyta.domain.records import Actual


def an_actual(actual_id: str, **fields: object) -> Actual:
    """What Aino's organisation reached of measure_1 in 2026, with these fields instead."""
    plain: dict[str, object] = {
        "measure": "measure_1",
        "year": 2026,
        "organisation": MARTAT,
        "value": 412.0,
        "as_of": "2026-12-31",
        "source": "Oma tilasto",
        "by": AINO,
        "created_ms": NOW,
    }
    return Actual(id=actual_id, **{**plain, **fields})  # type: ignore[arg-type]  # as in given.py
