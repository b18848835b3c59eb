"""The steps of the years after: targets, what was reached, the words for how actions stand."""

from tests.domain.given import MARTAT, SMALL_DESK, a_measure
from tests.replays.workshop import AINOS, FANNYS, SYSTEMS, Step

from etatyopoyta.domain.desks import FillDesk
from etatyopoyta.domain.followup import (
    ActualGiven,
    ImportActuals,
    RemoveActual,
    SetActual,
    SetStatuses,
)
from etatyopoyta.domain.measures import EditMeasure
from etatyopoyta.domain.records import Choice, Text


def given(number: int, year: int, value: float, base: int | None = None) -> ActualGiven:
    """What Aino's organisation reached of measure_1."""
    return ActualGiven(
        id=f"actual_{number}",
        measure="measure_1",
        year=year,
        organisation=MARTAT,
        value=value,
        as_of=f"{year}-12-31",
        source="Oma tilasto",
        base=base,
    )


def following() -> list[Step]:
    """A measure gets its target; values are entered, put right, imported and taken back."""
    records = (*SMALL_DESK, a_measure("measure_1", unit="henkilöä"))
    alone = ActualGiven(
        id="actual_4",
        measure="measure_1",
        year=2027,
        text="Kävijät viihtyivät",
        as_of="2027",
        source="Kysely",
    )
    statuses = (
        Choice(key="going", name=Text(fi="Meneillään", sv="Pågår")),
        Choice(key="stopped", name=Text(fi="Keskeytynyt")),
    )
    return [
        (FillDesk(records=records), SYSTEMS),  # type: ignore[arg-type]
        (
            EditMeasure(
                id="measure_1",
                base=1,
                target=600.0,
                target_year=2029,
                baseline=380.0,
                baseline_as_of="2025",
            ),
            FANNYS,
        ),
        (SetActual(given=given(1, 2026, 412.0)), AINOS),
        (SetActual(given=given(1, 2026, 421.5, base=1)), AINOS),
        (ImportActuals(rows=(given(2, 2027, 500.0), given(1, 2026, 422.0, base=2))), AINOS),
        (SetActual(given=alone), FANNYS),
        (RemoveActual(id="actual_2", base=1), FANNYS),
        (SetStatuses(statuses=statuses), FANNYS),
    ]
